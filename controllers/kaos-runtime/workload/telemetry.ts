import type { EnvVar } from '../../kubernetes/pod-spec/variables.ts';
import type { Telemetry } from '../../resources/kaos/spec-fields.ts';
import type { KaosRuntimeSettings } from '../../settings.ts';
import { literal } from './environment.ts';

/** A resource's own telemetry. The settings fill in `enabled` and, if they enable telemetry, the endpoint. */
export function mergedTelemetry(own: Telemetry | undefined, { telemetry }: KaosRuntimeSettings) {
  return {
    enabled: own?.enabled ?? telemetry.enabled,
    endpoint: own?.endpoint || (telemetry.enabled ? telemetry.endpoint : undefined),
  };
}

/** A variable for an address. References in it, such as `$(NODE_IP)`, stay. Empty if there is no address. */
export function addressIfAny(name: string, address: string | undefined): readonly EnvVar[] {
  return address ? [{ name, value: address }] : [];
}

/** The variables for OpenTelemetry's SDK in Agents and MCPServers; empty if telemetry is off. */
export function telemetryVariables(
  { name, namespace }: { readonly name: string; readonly namespace: string },
  own: Telemetry | undefined,
  settings: KaosRuntimeSettings,
): readonly EnvVar[] {
  const { enabled, endpoint } = mergedTelemetry(own, settings);
  return enabled
    ? [
        { name: 'OTEL_SDK_DISABLED', value: 'false' },
        literal('OTEL_SERVICE_NAME', name),
        ...addressIfAny('OTEL_EXPORTER_OTLP_ENDPOINT', endpoint),
        literal('OTEL_RESOURCE_ATTRIBUTES', `service.namespace=${namespace},kaos.resource.name=${name}`),
        { name: 'OTEL_PYTHON_FASTAPI_EXCLUDED_URLS', value: '/health,/ready' },
      ]
    : [];
}
