{{/* Not empty if the KAOS runtime needs the address in the Gateway's status. */}}
{{- define "agent-gateway-hooks.publishesGatewayAddress" -}}
{{- if and .Values.kaosRuntime.enabled .Values.gatewayAPI.enabled (not .Values.gatewayAPI.address) }}yes{{ end }}
{{- end -}}

{{/* Rules of Metacontroller's ClusterRole. Metacontroller lists and watches the whole cluster; no flag limits it to namespaces. */}}
{{- define "agent-gateway-hooks.metacontrollerRules" -}}
{{- $read := "[get, list, watch]" -}}
{{- $write := "[get, list, watch, create, update, patch, delete]" -}}
{{- $ofGateways := and .Values.agentGateway.enabled .Values.gatewayAPI.enabled -}}
# For Metacontroller itself.
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
# For kaos-routes, which does not write its parents, and for kaos-runtime, which writes only their status.
- apiGroups: [kaos.tools]
  resources: [agents, mcpservers, memorystores, modelapis]
  verbs: {{ $read }}
{{- end }}
{{- if or .Values.kaosRoutes.enabled .Values.agentRoutes.enabled $ofGateways }}
# For the children of kaos-routes and agent-routes, and for the routes of AgentGateways.
- apiGroups: [gateway.networking.k8s.io]
  resources: [httproutes]
  verbs: {{ $write }}
{{- end }}
{{- if or .Values.kaosRoutes.enabled .Values.agentRoutes.enabled }}
{{- range $group, $resources := include "agent-gateway-hooks.policyKinds" . | fromJson }}
# Only with gatewayAPI.accessDialect={{ $.Values.gatewayAPI.accessDialect }}.
- apiGroups: [{{ $group }}]
  resources: [{{ join ", " $resources }}]
  verbs: {{ $write }}
{{- end }}
{{- end }}
{{- if or .Values.kaosRoutes.enabled $ofGateways }}
- apiGroups: [gateway.networking.k8s.io]
  resources: [gatewayclasses]
  verbs: {{ $read }}
{{- end }}
{{- if .Values.agentGateway.enabled }}
# For agent-gateway. After a change of status, Metacontroller updates the status and then the object.
- apiGroups: [runtime.agentic-layer.ai]
  resources: [agentgateways]
  verbs: [get, list, watch, update]
- apiGroups: [runtime.agentic-layer.ai]
  resources: [agentgateways/status]
  verbs: [update]
- apiGroups: [runtime.agentic-layer.ai]
  resources: [agentgatewayclasses]
  verbs: {{ $read }}
{{- end }}
{{- if or .Values.agentGateway.enabled .Values.agentRoutes.enabled }}
# For the agents that gateways serve, and for agent-routes, which does not write its parents.
- apiGroups: [runtime.agentic-layer.ai]
  resources: [agents]
  verbs: {{ $read }}
{{- end }}
{{- if or .Values.agentGateway.enabled .Values.kaosRuntime.enabled }}
- apiGroups: [policy]
  resources: [poddisruptionbudgets]
  verbs: {{ $write }}
{{- end }}
{{- if .Values.kaosRuntime.enabled }}
# For kaos-runtime. Metacontroller reads the CRDs of a CompositeController's parents.
- apiGroups: [apiextensions.k8s.io]
  resources: [customresourcedefinitions]
  verbs: {{ $read }}
- apiGroups: [kaos.tools]
  resources: [accessgrants]
  verbs: {{ $read }}
- apiGroups: [kaos.tools]
  resources: [accessgrants/status, agents/status, mcpservers/status, memorystores/status, modelapis/status]
  verbs: [update]
- apiGroups: [""]
  resources: [persistentvolumeclaims]
  verbs: {{ $write }}
{{- if ne .Values.kaosRuntime.agentAuth.identity.provider "none" }}
# Only with kaosRuntime.agentAuth.identity.provider=serviceaccount.
- apiGroups: [""]
  resources: [serviceaccounts]
  verbs: {{ $write }}
{{- end }}
{{- if include "agent-gateway-hooks.publishesGatewayAddress" . }}
# For gateway-address, which does not write its parents.
- apiGroups: [gateway.networking.k8s.io]
  resources: [gateways]
  verbs: {{ $read }}
{{- end }}
{{- end }}
{{- if or .Values.agentGateway.enabled .Values.kaosRuntime.enabled }}
# For the children of agent-gateway and kaos-runtime.
- apiGroups: [""]
  resources: [configmaps, services]
  verbs: {{ $write }}
- apiGroups: [apps]
  resources: [deployments]
  verbs: {{ $write }}
{{- end }}
{{- if and .Values.accessRules (or .Values.agentGateway.enabled .Values.kaosRuntime.enabled) }}
# Only with accessRules, of which those with `from` become NetworkPolicies.
- apiGroups: [networking.k8s.io]
  resources: [networkpolicies]
  verbs: {{ $write }}
{{- end }}
{{- if .Values.metacontroller.role.ownerReferencesPermissionEnforcement }}
# The owner reference of a child blocks the deletion of its parent.
{{- if or .Values.kaosRoutes.enabled .Values.kaosRuntime.enabled }}
- apiGroups: [kaos.tools]
  resources: [agents/finalizers, mcpservers/finalizers, memorystores/finalizers, modelapis/finalizers]
  verbs: [update]
{{- end }}
{{- if .Values.agentGateway.enabled }}
- apiGroups: [runtime.agentic-layer.ai]
  resources: [agentgateways/finalizers]
  verbs: [update]
{{- end }}
{{- if .Values.agentRoutes.enabled }}
- apiGroups: [runtime.agentic-layer.ai]
  resources: [agents/finalizers]
  verbs: [update]
{{- end }}
{{- if include "agent-gateway-hooks.publishesGatewayAddress" . }}
- apiGroups: [gateway.networking.k8s.io]
  resources: [gateways/finalizers]
  verbs: [update]
{{- end }}
{{- end }}
{{- if include "agent-gateway-hooks.readsSecrets" . }}
# For the credentials of the hooks, or for hashes of the Secrets that gateways and ModelAPIs refer to.
- apiGroups: [""]
  resources: [secrets]
  verbs: {{ $read }}
{{- end }}
{{- end -}}
