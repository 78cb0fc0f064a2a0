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

{{/* The name differs from that of the service, so that the Service does not select the test pod. */}}
{{- define "agent-gateway-hooks.testSelector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}-test
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "agent-gateway-hooks.commonLabels" -}}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end -}}

{{- define "agent-gateway-hooks.labels" -}}
{{ include "agent-gateway-hooks.selector" . }}
{{ include "agent-gateway-hooks.commonLabels" . }}
{{- end -}}

{{/* Metadata of every namespaced object. Cluster-scoped objects use only the name and the labels. */}}
{{- define "agent-gateway-hooks.metadata" -}}
name: {{ include "agent-gateway-hooks.fullname" . }}
namespace: {{ .Release.Namespace }}
labels:
  {{- include "agent-gateway-hooks.labels" . | nindent 2 }}
{{- end -}}

{{/* What tells several releases with gateways apart: the end of cluster-wide names that the service or Metacontroller knows. */}}
{{- define "agent-gateway-hooks.instance" -}}
{{- with .Values.agentGateway.instance }}-{{ . }}{{ end -}}
{{- end -}}

{{- define "agent-gateway-hooks.classController" -}}
runtime.agentic-layer.ai/agent-gateway-krakend-controller{{ with .Values.agentGateway.instance }}-{{ . }}{{ end }}
{{- end -}}

{{- define "agent-gateway-hooks.image" -}}
{{- printf "%s:%s" .Values.image.repository (.Values.image.tag | default .Chart.AppVersion) -}}
{{- end -}}

{{- define "agent-gateway-hooks.gatewayNamespace" -}}
{{- .Values.gatewayAPI.gatewayNamespace | default .Release.Namespace -}}
{{- end -}}

{{- define "agent-gateway-hooks.accessRulesHash" -}}
{{- toYaml .Values.accessRules | sha256sum | trunc 16 -}}
{{- end -}}

{{/*
Not empty if the routes of KAOS resources depend on other objects: on the class of the Gateway, on the SecurityPolicies that the KAOS
operator attaches to them, or on the NetworkPolicies of the KAOS runtime. Otherwise Metacontroller makes no call to ask what they depend on.
*/}}
{{- define "agent-gateway-hooks.routesDependOnOthers" -}}
{{- with .Values -}}
{{- $ofClass := or (eq .gateway.timeouts "supported") (and (.accessRules).cors (eq .gatewayAPI.cors "supported")) -}}
{{- $ofPolicies := and .accessRules (or .kaosRuntime.enabled (eq .gatewayAPI.accessDialect "envoy-gateway")) -}}
{{- if and .kaosRoutes.enabled .gatewayAPI.enabled (or $ofPolicies (and .gatewayAPI.gatewayClassName $ofClass)) -}}
true
{{- end -}}
{{- end -}}
{{- end -}}

{{/*
The kinds of policies that kaos-routes and agent-routes write for the Gateway, by API group, in JSON. They do not depend on the rules: while
the dialect is set, a policy whose rule is removed is removed too. Without the CRDs, Metacontroller could not start the controllers.
*/}}
{{- define "agent-gateway-hooks.policyKinds" -}}
{{- $ofEnvoyGateway := dict "gateway.envoyproxy.io" (list "backendtrafficpolicies" "securitypolicies") -}}
{{- $ofAgentgateway := dict "agentgateway.dev" (list "agentgatewaybackends" "agentgatewaypolicies") -}}
{{- get (dict "none" dict "envoy-gateway" $ofEnvoyGateway "agentgateway" $ofAgentgateway) .Values.gatewayAPI.accessDialect | toJson -}}
{{- end -}}

{{/* All kinds that these controllers write. */}}
{{- define "agent-gateway-hooks.routeAndPolicyKinds" -}}
{{- set (include "agent-gateway-hooks.policyKinds" . | fromJson) "gateway.networking.k8s.io" (list "httproutes") | toJson -}}
{{- end -}}

{{/* The attachments for the policies. */}}
{{- define "agent-gateway-hooks.policyAttachments" -}}
{{- range $group, $resources := include "agent-gateway-hooks.policyKinds" . | fromJson }}
{{- range $resources }}
- apiVersion: {{ $group }}/v1alpha1
  resource: {{ . }}
  updateStrategy:
    method: InPlace
{{- end }}
{{- end }}
{{- end -}}

{{/* Shared by the pods of the service and of the test. */}}
{{- define "agent-gateway-hooks.podSecurity" -}}
serviceAccountName: {{ include "agent-gateway-hooks.fullname" . }}
automountServiceAccountToken: false
enableServiceLinks: false
securityContext:
  runAsNonRoot: true
  runAsUser: 65532
  runAsGroup: 65532
  seccompProfile:
    type: RuntimeDefault
{{- with .Values.imagePullSecrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{- define "agent-gateway-hooks.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop:
    - ALL
{{- end -}}

{{/*
The KAOS kinds that get routes. KAOS 0.1.4 has no MemoryStore, and without the CRD of a parent Metacontroller starts none of the
controller: it would make no routes for the other kinds either.
*/}}
{{- define "agent-gateway-hooks.kaosKinds" -}}
{{- $hasMemoryStores := .Capabilities.APIVersions.Has "kaos.tools/v1alpha1/MemoryStore" -}}
{{- concat (list "agents" "modelapis" "mcpservers") ($hasMemoryStores | ternary (list "memorystores") list) | toJson -}}
{{- end -}}
