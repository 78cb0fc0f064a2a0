import { describe, expect, it } from 'vitest';
import { agent, parts, sync } from '../../support/gateways.ts';

describe('the telemetry block (D9)', () => {
  const { block } = parts(sync({ related: [agent('a/one')] }).krakendJson);

  it('begins with a comma, because extra_config has other members, and is empty without an address', () => {
    const actions = block.replaceAll(/\{\{.*?\}\}/g, '');
    expect(actions).toMatch(/^,"telemetry\/opentelemetry":\{.*\}$/);
    expect(block).toContain('{{ if $address }}');
  });

  it('is JSON once KrakenD has filled in host and port', () => {
    const rendered = block
      .replace('{{ $host | toJson }}', '"otel"')
      .replace('{{ $port }}', '4318')
      .replaceAll(/\{\{.*?\}\}/g, '');
    expect(JSON.parse(`{"x":1${rendered}}`)['telemetry/opentelemetry']).toMatchObject({
      service_name: 'gw',
      exporters: { otlp: [{ name: 'otel-collector', host: 'otel', port: 4318, use_http: true }] },
      layers: { global: { disable_propagation: false }, backend: { traces: { round_trip: true } } },
    });
  });

  it('escapes what comes from the environment of the pod', () => {
    expect(
      block.match(/\{\{ \$\w+[^}]*\}\}/g)?.filter((action) => !action.includes(':=') && !action.includes(' = ')),
    ).toEqual(['{{ $host | toJson }}', '{{ $port }}']);
  });
});
