import { expect, it } from 'vitest';
import { pod, type Values, webhook, withHelm } from '../support/helm.ts';

const build = (values: Values = {}) => pod(values).containers[0].env.find(({ name }) => name === 'BUILD')?.value;

withHelm.describe("the build in the hooks' URLs", () => {
  it('equals the build of the pods and has 16 characters', () => {
    const url = `http://kaos-agent-gateway-hooks.kaos-system.svc/kaos-routes/sync?build=${build()}`;
    expect(webhook('kaos-routes', 'sync')).toMatchObject({ url });
    expect(build()).toMatch(/^[0-9a-f]{16}$/);
  });

  it.each<Values>([
    { 'image.tag': '0.2.0' },
    { 'image.repository': 'example/hooks' },
    { 'gatewayAPI.enabled': 'true' },
    { 'gateway.defaultTimeouts.mcp': '31s' },
    { 'agentGateway.image': 'example/krakend:1' },
    { 'limits.callsInFlight': '1' },
  ])('changes if a value changes answers: %j', (values) => {
    expect(build(values)).not.toBe(build());
    expect(webhook('kaos-routes', 'sync', values)).toMatchObject({
      url: expect.stringContaining(`build=${build(values)}`),
    });
  });

  it('changes if the values name another Secret for hashes', () => {
    const keyed = (name: string) => ({
      'tls.enabled': 'true',
      'tls.existingSecret': 'certificate',
      'agentGateway.referenceHashKeySecret': name,
    });
    expect(build(keyed('hash-key-2'))).not.toBe(build(keyed('hash-key-1')));
  });

  it.each<Values>([{ replicas: '3' }, { 'networkPolicy.enabled': 'false' }, { 'resources.limits.memory': '2Gi' }])(
    'stays the same for other values: %j',
    (values) => {
      expect(build(values)).toBe(build());
    },
  );

  it('stands beside the revision, so that Metacontroller reads credentials again and no pod restarts', () => {
    const values = { 'metacontroller.revision': 'rotated-1' };
    expect(webhook('kaos-routes', 'sync', values)).toMatchObject({
      url: expect.stringMatching(new RegExp(`build=${build()}&revision=rotated-1$`)),
    });
    expect(pod(values)).toEqual(pod());
  });
});
