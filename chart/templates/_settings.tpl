{{- define "agent-gateway-hooks.mounts" -}}
/etc/agent-gateway-hooks
{{- end -}}

{{/* Environment variables of the service. */}}
{{- define "agent-gateway-hooks.settings" -}}
{{- $mounts := include "agent-gateway-hooks.mounts" . -}}
HOST: {{ .Values.host | quote }}
LOG_LEVEL: {{ .Values.logLevel | quote }}
BODY_LIMIT_MIB: {{ .Values.bodyLimitMiB | quote }}
PARSED_BODY_LIMIT_MIB: {{ .Values.parsedBodyLimitMiB | quote }}
SHUTDOWN_DELAY_SECONDS: {{ .Values.shutdownDelaySeconds | quote }}
MAX_CALLS_IN_FLIGHT: {{ .Values.limits.callsInFlight | quote }}
MAX_MIB_IN_FLIGHT: {{ .Values.limits.mibInFlight | quote }}
MAX_EVENT_LOOP_DELAY_MS: {{ .Values.limits.eventLoopDelayMs | quote }}
MAX_CONNECTIONS: {{ .Values.limits.connections | quote }}
{{- if .Values.auth.token.existingSecret }}
TOKEN_DIRECTORY: {{ $mounts }}/tokens
{{- end }}
{{- if .Values.tls.enabled }}
TLS_CERT_FILE: {{ $mounts }}/tls/tls.crt
TLS_KEY_FILE: {{ $mounts }}/tls/tls.key
{{- end }}
{{- if .Values.tls.clientAuth.enabled }}
TLS_CLIENT_CA_FILE: {{ $mounts }}/client-ca/ca.crt
{{- end }}
GATEWAY_API_ENABLED: {{ .Values.gatewayAPI.enabled | quote }}
GATEWAY_NAME: {{ .Values.gatewayAPI.gatewayName | quote }}
GATEWAY_NAMESPACE: {{ include "agent-gateway-hooks.gatewayNamespace" . | quote }}
GATEWAY_SECTION_NAME: {{ .Values.gatewayAPI.sectionName | quote }}
GATEWAY_HOSTNAMES: {{ join "," .Values.gatewayAPI.hostnames | quote }}
GATEWAY_CLASS_NAME: {{ .Values.gatewayAPI.gatewayClassName | quote }}
GATEWAY_TIMEOUTS: {{ .Values.gateway.timeouts | quote }}
GATEWAY_CORS: {{ .Values.gatewayAPI.cors | quote }}
GATEWAY_DEFAULT_AGENT_TIMEOUT: {{ .Values.gateway.defaultTimeouts.agent | quote }}
GATEWAY_DEFAULT_MODELAPI_TIMEOUT: {{ .Values.gateway.defaultTimeouts.modelAPI | quote }}
GATEWAY_DEFAULT_MCP_TIMEOUT: {{ .Values.gateway.defaultTimeouts.mcp | quote }}
GATEWAY_DEFAULT_MEMORYSTORE_TIMEOUT: {{ .Values.gateway.defaultTimeouts.memoryStore | quote }}
ACCESS_DIALECT: {{ .Values.gatewayAPI.accessDialect | quote }}
ACCESS_AWAIT_POLICIES: {{ .Values.gatewayAPI.awaitPolicies | quote }}
ACCESS_SETTLE_SECONDS: {{ .Values.gatewayAPI.settleSeconds | quote }}
ACCESS_HTTP_JWKS: {{ .Values.gatewayAPI.httpJwks | quote }}
{{- if .Values.accessRules }}
{{- /* The path contains a hash of the rules. So other rules give another build, which rolls the pods and syncs all parents. */}}
ACCESS_RULES_FILE: {{ $mounts }}/access-rules/{{ include "agent-gateway-hooks.accessRulesHash" . }}/access-rules.yaml
{{- end }}
AGENT_GATEWAY_CLASS_CONTROLLER: {{ include "agent-gateway-hooks.classController" . | quote }}
AGENT_GATEWAY_IMAGE: {{ .Values.agentGateway.image | quote }}
AGENT_GATEWAY_GUARDRAILS: {{ .Values.agentGateway.guardrails | quote }}
AGENT_GATEWAY_LOG_LEVEL: {{ .Values.agentGateway.logLevel | quote }}
AGENT_GATEWAY_SHORT_PATH_NAMESPACES: {{ join "," .Values.agentGateway.shortPathNamespaces | quote }}
AGENT_GATEWAY_AGENT_SELECTOR: {{ toJson .Values.agentGateway.agentSelector | quote }}
AGENT_GATEWAY_CONFIG_LIMIT_KIB: {{ .Values.agentGateway.configLimitKiB | quote }}
AGENT_GATEWAY_SETTINGS_LIMIT_KIB: {{ .Values.agentGateway.settingsLimitKiB | quote }}
AGENT_GATEWAY_PRE_STOP_SECONDS: {{ .Values.agentGateway.preStopSeconds | quote }}
AGENT_GATEWAY_REQUESTS_CPU: {{ .Values.agentGateway.resources.requests.cpu | quote }}
AGENT_GATEWAY_REQUESTS_MEMORY: {{ .Values.agentGateway.resources.requests.memory | quote }}
AGENT_GATEWAY_LIMITS_CPU: {{ .Values.agentGateway.resources.limits.cpu | quote }}
AGENT_GATEWAY_LIMITS_MEMORY: {{ .Values.agentGateway.resources.limits.memory | quote }}
AGENT_GATEWAY_POD_SPEC: {{ toJson .Values.agentGateway.podSpec | quote }}
AGENT_ROUTES_ENABLED: {{ .Values.agentRoutes.enabled | quote }}
AGENT_ROUTES_HOSTNAMES: {{ join "," .Values.agentRoutes.hostnames | quote }}
AGENT_ROUTES_TIMEOUT: {{ .Values.agentRoutes.timeout | quote }}
{{- include "agent-gateway-hooks.kaosRuntimeSettings" . }}
{{- if .Values.agentGateway.referenceHashKeySecret }}
{{- /* The path contains the Secret's name. So another Secret gives another build, which rolls the pods and syncs all parents. */}}
REFERENCE_HASH_KEY_FILE: {{ $mounts }}/reference-hash/{{ .Values.agentGateway.referenceHashKeySecret }}/key
{{- end }}
{{- end -}}

{{/* Set even if the feature is off. Otherwise a pod that starts while the feature is turned off would report missing settings. */}}
{{- define "agent-gateway-hooks.kaosRuntimeSettings" -}}
{{- with .Values.kaosRuntime }}
KAOS_RUNTIME_ENABLED: {{ .enabled | quote }}
DEFAULT_AGENT_IMAGE: {{ .defaultImages.agent | quote }}
DEFAULT_LITELLM_IMAGE: {{ .defaultImages.litellm | quote }}
DEFAULT_OLLAMA_IMAGE: {{ .defaultImages.ollama | quote }}
DEFAULT_MEMORY_SERVICE_IMAGE: {{ .defaultImages.memoryService | quote }}
DEFAULT_TELEMETRY_ENABLED: {{ .telemetry.enabled | quote }}
DEFAULT_TELEMETRY_ENDPOINT: {{ .telemetry.endpoint | quote }}
DEFAULT_LOG_LEVEL: {{ .logLevel | quote }}
CLUSTER_DOMAIN: {{ .clusterDomain | quote }}
KAOS_RUNTIME_REQUESTS_CPU: {{ .resources.requests.cpu | quote }}
KAOS_RUNTIME_REQUESTS_MEMORY: {{ .resources.requests.memory | quote }}
KAOS_RUNTIME_LIMITS_CPU: {{ .resources.limits.cpu | quote }}
KAOS_RUNTIME_LIMITS_MEMORY: {{ .resources.limits.memory | quote }}
KAOS_RUNTIME_MCP_SESSION_AFFINITY: {{ .mcpSessionAffinity | quote }}
MODEL_API_MASTER_KEY_SECRET: {{ .modelApiMasterKeySecret | quote }}
KAOS_RUNTIME_VERIFIED_CALLERS: {{ .verifiedCallers | quote }}
{{- with .agentAuth.identity }}
SECURITY_AGENT_AUTH_IDENTITY_PROVIDER: {{ .provider | quote }}
SECURITY_AGENT_AUTH_SERVICE_ACCOUNT_AUDIENCE: {{ .serviceAccount.audience | quote }}
SECURITY_AGENT_AUTH_SERVICE_ACCOUNT_EXPIRATION_SECONDS: {{ .serviceAccount.expirationSeconds | quote }}
{{- end }}
KAOS_RUNTIME_POD_SECURITY: {{ .podPolicy.podSecurity | quote }}
KAOS_RUNTIME_SERVICE_ACCOUNTS: {{ join "," .podPolicy.serviceAccounts | quote }}
KAOS_RUNTIME_SECRETS: {{ join "," .podPolicy.secrets | quote }}
KAOS_RUNTIME_PRIORITY_CLASSES: {{ join "," .podPolicy.priorityClasses | quote }}
{{- end }}
KAOS_RUNTIME_HAS_MEMORY_STORES: {{ has "memorystores" (include "agent-gateway-hooks.kaosKinds" . | fromJsonArray) | quote }}
SYSTEM_NAMESPACE: {{ .Release.Namespace | quote }}
GATEWAY_API_INTERNAL_ROUTING: {{ .Values.gatewayAPI.internalRouting | quote }}
GATEWAY_ADDRESS: {{ .Values.gatewayAPI.address | quote }}
{{- end -}}

{{/* Identifies these settings and this image. The hooks' URLs contain it, and each pod knows its own. */}}
{{- define "agent-gateway-hooks.build" -}}
{{- printf "%s\n%s" (include "agent-gateway-hooks.image" .) (include "agent-gateway-hooks.settings" .) | sha256sum | trunc 16 -}}
{{- end -}}
