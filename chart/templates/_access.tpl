{{/* The Secrets of TLS: those that are there, or those that cert-manager makes. */}}
{{- define "agent-gateway-hooks.tlsSecret" -}}
{{- .Values.tls.existingSecret | default (printf "%s-tls" (include "agent-gateway-hooks.fullname" .)) -}}
{{- end -}}

{{- define "agent-gateway-hooks.clientSecret" -}}
{{- .Values.tls.clientAuth.existingSecret | default (printf "%s-client-tls" (include "agent-gateway-hooks.fullname" .)) -}}
{{- end -}}

{{- define "agent-gateway-hooks.clientCASecret" -}}
{{- .Values.tls.clientAuth.caSecret | default (include "agent-gateway-hooks.clientSecret" .) -}}
{{- end -}}

{{/* The base of the hooks' URLs, as Metacontroller reaches them. */}}
{{- define "agent-gateway-hooks.url" -}}
{{ ternary "https" "http" .Values.tls.enabled }}://{{ include "agent-gateway-hooks.fullname" . }}.{{ .Release.Namespace }}.svc
{{- end -}}

{{/*
The URL of one hook, of (list $ "controller/hook"). Metacontroller calls all parents again, and reads credentials again,
when a controller's spec has changed: so whatever changes answers or credentials stands in it.
*/}}
{{- define "agent-gateway-hooks.hookURL" -}}
{{- $root := index . 0 -}}
{{ include "agent-gateway-hooks.url" $root }}/{{ index . 1 }}?build={{ include "agent-gateway-hooks.build" $root }}
{{- with $root.Values.metacontroller.revision }}&revision={{ . }}{{ end -}}
{{- end -}}

{{/* How Metacontroller calls one hook, of (list $ "controller/hook" "timeout"). */}}
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

{{/* Whether Metacontroller reads Secrets, which it can only list and watch for all of the cluster: not empty where it does. */}}
{{- define "agent-gateway-hooks.readsSecrets" -}}
{{- with .Values -}}
{{- if or .auth.token.existingSecret .tls.clientAuth.enabled (and .tls.enabled (not .tls.caBundle)) (and (or .agentGateway.enabled .kaosRuntime.enabled) .agentGateway.referenceHashKeySecret) -}}
true
{{- end -}}
{{- end -}}
{{- end -}}
