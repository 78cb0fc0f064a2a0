import { describe, expect, it } from 'vitest';
import { gatewayAddress } from '../../../controllers/gateway-address/controller.ts';
import { answerCustomize, answerSync } from '../../../webhooks/answer.ts';
import { observedObjects } from '../../../webhooks/wire/object-map.ts';
import { type KubernetesObject, objectMap } from '../../support/gateways.ts';
import { testSettings } from '../../support/service.ts';

const ON = { GATEWAY_API_ENABLED: 'true', KAOS_RUNTIME_ENABLED: 'true' };
const GATEWAY: KubernetesObject = {
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'Gateway',
  metadata: { name: 'kaos-gateway', namespace: 'kaos-system', uid: 'uid-of-gateway' },
  spec: { listeners: [{ name: 'http', port: 80, protocol: 'HTTP' }] },
};

interface Scene {
  readonly status?: object;
  readonly parent?: KubernetesObject;
  readonly related?: readonly KubernetesObject[];
  readonly settings?: Readonly<Record<string, string>>;
}

function sync({ status = {}, parent = { ...GATEWAY, status }, related = [], settings = {} }: Scene) {
  const snapshot = {
    parent,
    children: [],
    related: observedObjects(objectMap(related)),
    finalizing: false,
    now: '2026-06-01T00:00:00Z',
  };
  const answer = answerSync(gatewayAddress, snapshot, testSettings({ ...ON, ...settings }).controllers);
  if (answer.outcome !== 'answered' || !('attachments' in answer.response)) {
    throw new Error(`expected an answer, not ${JSON.stringify(answer)}`);
  }
  return { text: JSON.stringify(answer.response), response: answer.response, problems: answer.reply.problems };
}

describe('the ConfigMap of the Gateway', () => {
  const addresses = [{ value: '192.0.2.8' }, { type: 'Hostname', value: 'gw.example.com' }, { value: '192.0.2.7' }];

  it('is the same whatever its status says of routes, and in whatever order it has the addresses', () => {
    const { text } = sync({ status: { addresses } });
    expect(text).toContain('192.0.2.7');
    for (const attachedRoutes of [0, 1, 10_000]) {
      const listeners = [{ name: 'http', attachedRoutes, conditions: [{ type: 'Programmed', status: 'True' }] }];
      expect(sync({ status: { addresses: addresses.toReversed(), listeners } }).text).toBe(text);
    }
  });

  it('changes with an address and with a listener', () => {
    const { text } = sync({ status: { addresses } });
    expect(sync({ status: { addresses: addresses.slice(1) } }).text).not.toBe(text);
    const spec = { listeners: [{ name: 'http', port: 8080, protocol: 'HTTP' }] };
    expect(sync({ parent: { ...GATEWAY, spec, status: { addresses } } }).text).not.toBe(text);
  });

  it.each<[string, Scene]>([
    ['for another Gateway', { parent: { ...GATEWAY, metadata: { ...GATEWAY.metadata, name: 'other' } } }],
    ['for one of another namespace', { parent: { ...GATEWAY, metadata: { ...GATEWAY.metadata, namespace: 'team' } } }],
    ['if a setting has the address', { settings: { GATEWAY_ADDRESS: 'http://gw' } }],
    ['without the KAOS runtime', { settings: { KAOS_RUNTIME_ENABLED: 'false' } }],
    ['without routes', { settings: { GATEWAY_API_ENABLED: 'false' } }],
  ])('is not made %s', (_what, scene) => {
    expect(sync(scene).response).toEqual({ attachments: [], status: null });
    const { parent = GATEWAY, settings = {} } = scene;
    const asked = answerCustomize(
      gatewayAddress,
      { controller: {}, parent },
      testSettings({ ...ON, ...settings }).controllers,
    );
    expect(asked).toMatchObject({ response: { relatedResources: [] } });
  });

  it('does not replace one of somebody else, which is reported', () => {
    const metadata = { name: 'kaos-gateway-address', namespace: 'kaos-system' };
    const { response, problems } = sync({ related: [{ apiVersion: 'v1', kind: 'ConfigMap', metadata, data: {} }] });
    expect(response).toEqual({ attachments: [], status: null });
    expect(problems).toEqual([
      {
        reason: 'NoGatewayAddress',
        about: 'Gateway kaos-system/kaos-gateway',
        message:
          'ConfigMap kaos-system/kaos-gateway-address already exists, but this resource does not control it; rename the resource, or remove the object; so the KAOS runtime does not learn the address of the Gateway',
      },
    ]);
  });
});
