{{/* The rules of Metacontroller's role. It lists and watches all of the cluster: it has no flag for less. */}}
{{- define "agent-gateway-hooks.metacontrollerRules" -}}
{{- $read := "[get, list, watch]" -}}
{{- $write := "[get, list, watch, create, update, patch, delete]" -}}
# Of Metacontroller itself.
- apiGroups: [metacontroller.k8s.io]
  resources: [compositecontrollers, controllerrevisions, decoratorcontrollers]
  verbs: {{ $read }}
- apiGroups: [""]
  resources: [namespaces]
  verbs: {{ $read }}
- apiGroups: [""]
  resources: [events]
  verbs: [create, patch]
{{- if or .Values.kaosRoutes.enabled .Values.kaosRuntime.enabled }}
# Of kaos-routes, which writes nothing to its parents, and of kaos-runtime, which writes nothing but their status.
- apiGroups: [kaos.tools]
  resources: [agents, mcpservers, modelapis]
  verbs: {{ $read }}
{{- end }}
{{- if .Values.kaosRoutes.enabled }}
- apiGroups: [gateway.networking.k8s.io]
  resources: [httproutes]
  verbs: {{ $write }}
{{- end }}
{{- if .Values.agentGateway.enabled }}
# Of agent-gateway. Metacontroller writes a changed status, and then the object once more.
- apiGroups: [runtime.agentic-layer.ai]
  resources: [agentgateways]
  verbs: [get, list, watch, update]
- apiGroups: [runtime.agentic-layer.ai]
  resources: [agentgateways/status]
  verbs: [update]
- apiGroups: [runtime.agentic-layer.ai]
  resources: [agentgatewayclasses, agents]
  verbs: {{ $read }}
{{- end }}
{{- if .Values.kaosRuntime.enabled }}
# Of kaos-runtime. Its controllers are composites, whose parents' definitions Metacontroller reads.
- apiGroups: [apiextensions.k8s.io]
  resources: [customresourcedefinitions]
  verbs: {{ $read }}
- apiGroups: [kaos.tools]
  resources: [agents/status, mcpservers/status, modelapis/status]
  verbs: [update]
{{- if and .Values.gatewayAPI.enabled (not .Values.gatewayAPI.address) }}
- apiGroups: [gateway.networking.k8s.io]
  resources: [gateways]
  verbs: {{ $read }}
{{- end }}
{{- end }}
{{- if or .Values.agentGateway.enabled .Values.kaosRuntime.enabled }}
# What agent-gateway and kaos-runtime make.
- apiGroups: [""]
  resources: [configmaps, services]
  verbs: {{ $write }}
- apiGroups: [apps]
  resources: [deployments]
  verbs: {{ $write }}
{{- end }}
{{- if .Values.metacontroller.role.ownerReferencesPermissionEnforcement }}
# Children name their parent as owner, and hold its deletion up.
{{- if or .Values.kaosRoutes.enabled .Values.kaosRuntime.enabled }}
- apiGroups: [kaos.tools]
  resources: [agents/finalizers, mcpservers/finalizers, modelapis/finalizers]
  verbs: [update]
{{- end }}
{{- if .Values.agentGateway.enabled }}
- apiGroups: [runtime.agentic-layer.ai]
  resources: [agentgateways/finalizers]
  verbs: [update]
{{- end }}
{{- end }}
{{- if include "agent-gateway-hooks.readsSecrets" . }}
# For the credentials of hooks, or for the hashes of Secrets that gateways and ModelAPIs refer to.
- apiGroups: [""]
  resources: [secrets]
  verbs: {{ $read }}
{{- end }}
{{- end -}}
