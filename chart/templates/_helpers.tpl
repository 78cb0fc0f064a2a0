{{- define "agent-gateway-hooks.fullname" -}}
{{- if contains .Chart.Name .Release.Name -}}
{{- .Release.Name | trunc 53 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name .Chart.Name | trunc 53 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "agent-gateway-hooks.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "agent-gateway-hooks.labels" -}}
{{ include "agent-gateway-hooks.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end -}}

{{- define "agent-gateway-hooks.gatewayNamespace" -}}
{{- .Values.gatewayAPI.gatewayNamespace | default .Release.Namespace -}}
{{- end -}}

{{/* The base of the hooks' URLs, as Metacontroller reaches them. */}}
{{- define "agent-gateway-hooks.url" -}}
http://{{ include "agent-gateway-hooks.fullname" . }}.{{ .Release.Namespace }}.svc
{{- end -}}
