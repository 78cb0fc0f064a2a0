{{/* The access rules and the Secrets that the service reads, with only the keys that it needs. */}}
{{- define "agent-gateway-hooks.volumes" -}}
{{- if .Values.accessRules }}
- name: access-rules
  configMap:
    name: {{ include "agent-gateway-hooks.fullname" . }}-access-rules
    items:
      - key: access-rules.yaml
        path: {{ include "agent-gateway-hooks.accessRulesHash" . }}/access-rules.yaml
{{- end }}
{{- with .Values.agentGateway.referenceHashKeySecret }}
- name: reference-hash
  secret:
    secretName: {{ . | quote }}
    items:
      - key: key
        path: {{ printf "%s/key" . | quote }}
{{- end }}
{{- with .Values.auth.token.existingSecret }}
- name: tokens
  secret:
    secretName: {{ . | quote }}
{{- end }}
{{- if .Values.tls.enabled }}
- name: tls
  secret:
    secretName: {{ include "agent-gateway-hooks.tlsSecret" . | quote }}
    items:
      - key: tls.crt
        path: tls.crt
      - key: tls.key
        path: tls.key
{{- end }}
{{- if .Values.tls.clientAuth.enabled }}
- name: client-ca
  secret:
    secretName: {{ include "agent-gateway-hooks.clientCASecret" . | quote }}
    items:
      - key: ca.crt
        path: ca.crt
{{- end }}
{{- end -}}

{{/* Secrets of `helm test`: the credentials that Metacontroller uses. */}}
{{- define "agent-gateway-hooks.testVolumes" -}}
{{- if and .Values.tls.enabled (not .Values.tls.caBundle) }}
- name: ca
  secret:
    secretName: {{ include "agent-gateway-hooks.tlsSecret" . | quote }}
    items:
      - key: ca.crt
        path: ca.crt
{{- end }}
{{- if .Values.auth.token.existingSecret }}
- name: token
  secret:
    secretName: {{ .Values.auth.token.existingSecret | quote }}
    items:
      - key: {{ .Values.auth.token.key | quote }}
        path: token
{{- end }}
{{- if .Values.tls.clientAuth.enabled }}
- name: client
  secret:
    secretName: {{ include "agent-gateway-hooks.clientSecret" . | quote }}
    items:
      - key: tls.crt
        path: tls.crt
      - key: tls.key
        path: tls.key
{{- end }}
{{- end -}}

{{/* Volume mounts. Takes the YAML of the volumes and mounts each at its name in the folder of mounts. */}}
{{- define "agent-gateway-hooks.volumeMounts" -}}
{{- range fromYamlArray . }}
- name: {{ .name }}
  mountPath: {{ include "agent-gateway-hooks.mounts" $ }}/{{ .name }}
  readOnly: true
{{- end }}
{{- end -}}
