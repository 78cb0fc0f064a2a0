{{/* Names of the TLS Secrets: existing ones, or those that cert-manager creates. */}}
{{- define "agent-gateway-hooks.tlsSecret" -}}
{{- .Values.tls.existingSecret | default (printf "%s-tls" (include "agent-gateway-hooks.fullname" .)) -}}
{{- end -}}

{{- define "agent-gateway-hooks.clientSecret" -}}
{{- .Values.tls.clientAuth.existingSecret | default (printf "%s-client-tls" (include "agent-gateway-hooks.fullname" .)) -}}
{{- end -}}

{{- define "agent-gateway-hooks.clientCASecret" -}}
{{- .Values.tls.clientAuth.caSecret | default (include "agent-gateway-hooks.clientSecret" .) -}}
{{- end -}}

{{/* Base URL of the hooks, as Metacontroller calls them. */}}
{{- define "agent-gateway-hooks.url" -}}
{{ ternary "https" "http" .Values.tls.enabled }}://{{ include "agent-gateway-hooks.fullname" . }}.{{ .Release.Namespace }}.svc
{{- end -}}

{{/*
URL of one hook. Takes (list $ "controller/hook"). When a controller's spec changes, Metacontroller syncs all parents again and
reads the credentials again. So the URL contains everything that changes answers or credentials.
*/}}
{{- define "agent-gateway-hooks.hookURL" -}}
{{- $root := index . 0 -}}
{{ include "agent-gateway-hooks.url" $root }}/{{ index . 1 }}?build={{ include "agent-gateway-hooks.build" $root }}
{{- with $root.Values.metacontroller.revision }}&revision={{ . }}{{ end -}}
{{- end -}}

{{/* The webhook of one hook. Takes (list $ "controller/hook" "timeout"). */}}
{{- define "agent-gateway-hooks.webhook" -}}
{{- $root := index . 0 -}}
{{- $values := $root.Values -}}
url: {{ include "agent-gateway-hooks.hookURL" . }}
timeout: {{ index . 2 }}
{{- with $values.auth.token }}
{{- if .existingSecret }}
authorization:
  type: Bearer
  secretRef:
    name: {{ .existingSecret | quote }}
    namespace: {{ $root.Release.Namespace }}
    key: {{ .key | quote }}
{{- end }}
{{- end }}
{{- if $values.tls.enabled }}
caBundle:
  {{- if $values.tls.caBundle }}
  inline: {{ $values.tls.caBundle | quote }}
  {{- else }}
  secretRef:
    name: {{ include "agent-gateway-hooks.tlsSecret" $root | quote }}
    namespace: {{ $root.Release.Namespace }}
    key: ca.crt
  {{- end }}
{{- end }}
{{- if $values.tls.clientAuth.enabled }}
clientTLS:
  secretRef:
    name: {{ include "agent-gateway-hooks.clientSecret" $root | quote }}
    namespace: {{ $root.Release.Namespace }}
  certKey: tls.crt
  privateKeyKey: tls.key
{{- end }}
{{- end -}}

{{/* `true` if Metacontroller reads Secrets, else empty. It can only list and watch the Secrets of the whole cluster. */}}
{{- define "agent-gateway-hooks.readsSecrets" -}}
{{- with .Values -}}
{{- if or .auth.token.existingSecret .tls.clientAuth.enabled (and .tls.enabled (not .tls.caBundle)) (and (or .agentGateway.enabled .kaosRuntime.enabled) .agentGateway.referenceHashKeySecret) -}}
true
{{- end -}}
{{- end -}}
{{- end -}}
