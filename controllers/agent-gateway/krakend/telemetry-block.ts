const LAYERS = {
  global: { disable_metrics: false, disable_traces: false, disable_propagation: false },
  proxy: { disable_metrics: false, disable_traces: false },
  backend: {
    metrics: { disable_stage: false, round_trip: true, read_payload: true, detailed_connection: true },
    traces: { disable_stage: false, round_trip: true, read_payload: true, detailed_connection: true },
  },
};

/**
 * OpenTelemetry in KrakenD's flexible configuration. It takes effect only if the pod has an `OTEL_EXPORTER_OTLP_ENDPOINT`,
 * which may come from a ConfigMap or a Secret and is read when KrakenD starts. Of `scheme://host:port/path` it uses the host
 * (an IPv6 address with its brackets) and the port (4318 by default). KrakenD uses TLS only for a host that begins with
 * `https://`, and has no setting for a path. These functions accept any text.
 */
export function telemetryBlock(gatewayName: string): string {
  const exporter = '"name":"otel-collector","host":{{ $host | toJson }},"port":{{ $port }},"use_http":true';
  return [
    '{{ $address := env "OTEL_EXPORTER_OTLP_ENDPOINT" | trim }}{{ if $address }}',
    '{{ $authority := regexFind "^[^/?#]+" (regexReplaceAll "^[A-Za-z][A-Za-z0-9+.-]*://" $address "") }}',
    '{{ $host := regexReplaceAll ":[0-9]*$" (regexReplaceAll "^[^@]*@" $authority "") "" }}',
    '{{ if hasPrefix "https://" (lower $address) }}{{ $host = printf "https://%s" $host }}{{ end }}',
    '{{ $port := regexFind ":[0-9]+$" $authority | trimPrefix ":" | int | default 4318 }}',
    `,"telemetry/opentelemetry":{"service_name":${JSON.stringify(gatewayName)},`,
    `"exporters":{"otlp":[{${exporter}}]},"layers":${JSON.stringify(LAYERS)}}`,
    '{{ end }}',
  ].join('');
}
