import { expect, it } from 'vitest';
import { pod, type Values, webhook, withHelm } from '../support/helm.ts';

const build = (values: Values = {}) => pod(values).containers[0].env.find(({ name }) => name === 'BUILD')?.value;

withHelm.describe('the build in the URLs of hooks', () => {
  it('is that of the pods, 16 characters long', () => {
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
  ])('changes with what changes answers: %j', (values) => {
    expect(build(values)).not.toBe(build());
    expect(webhook('kaos-routes', 'sync', values)).toMatchObject({
      url: expect.stringContaining(`build=${build(values)}`),
    });
  });

  it('changes with the key of hashes, which is another Secret', () => {
    const keyed = (name: string) => ({
      'tls.enabled': 'true',
      'tls.existingSecret': 'certificate',
      'agentGateway.referenceHashKeySecret': name,
    });
    expect(build(keyed('hash-key-2'))).not.toBe(build(keyed('hash-key-1')));
  });

  it.each<Values>([{ replicas: '3' }, { 'networkPolicy.enabled': 'false' }, { 'resources.limits.memory': '2Gi' }])(
    'stays with what does not: %j',
    (values) => {
      expect(build(values)).toBe(build());
    },
  );

  it('has the revision beside it, so that Metacontroller reads credentials again, and no pod starts anew', () => {
    const values = { 'metacontroller.revision': 'rotated-1' };
    expect(webhook('kaos-routes', 'sync', values)).toMatchObject({
      url: expect.stringMatching(new RegExp(`build=${build()}&revision=rotated-1$`)),
    });
    expect(pod(values)).toEqual(pod());
  });
});
