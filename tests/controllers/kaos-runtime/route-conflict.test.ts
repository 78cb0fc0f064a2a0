import { describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../support/gateways.ts';
import { agent, GATEWAY_ON, mcpServer, modelApi, ready, registry, sync, UID } from '../../support/kaos.ts';

const MADE_BY = 'metacontroller.k8s.io/decorator-controller';
const PARENTS = [
  [agent(), 'agent-lead'],
  [modelApi(), 'modelapi-llm'],
  [mcpServer(), 'mcp-calc'],
] as const;
const NEEDED = [ready(modelApi()), registry()];

/** An HTTPRoute in the cluster; by default nobody controls it. */
function route(name: string, metadata: object = {}): KubernetesObject {
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { name, namespace: 'team', ...metadata },
    spec: { rules: [] },
  };
}

const owned = (uid: string, controller = true) => ({ ownerReferences: [{ uid, controller }] });

/** The cases are those of the chart's policy for routes: tests/cluster/foreign-routes.test.ts. */
describe.each(PARENTS)('an HTTPRoute with the name of the route of %j, %s', (parent, name) => {
  const accepted = (metadata: object, settings: Record<string, string> = GATEWAY_ON) =>
    sync({ parent, related: [...NEEDED, route(name, metadata)], settings }).conditions['RouteAccepted'];

  it.each([
    ['nobody controls', {}],
    ['another object controls', owned('another')],
    ['has the resource as an owner that does not control it', owned(UID, false)],
    ['another decorator made', { annotations: { [MADE_BY]: 'other-routes' } }],
    ['has the labels of KAOS', { labels: { app: 'agent', agent: 'lead' } }],
  ])('is a conflict if it is one that %s', (_case, metadata) => {
    expect(accepted(metadata)).toMatchObject({
      status: 'False',
      reason: 'NameConflict',
      message: `HTTPRoute team/${name} already exists, but this resource does not control it; rename the resource, or remove the object`,
    });
  });

  it.each([
    ['is its own', { ...owned(UID), annotations: { [MADE_BY]: 'kaos-routes' } }],
    ['the KAOS operator made for it', owned(UID)],
    ['kaos-routes made, and lost its owner', { annotations: { [MADE_BY]: 'kaos-routes' } }],
    ['is in another namespace', { namespace: 'elsewhere' }],
  ])('is no conflict if it is one that %s', (_case, metadata) => {
    expect(accepted(metadata)).toMatchObject({ status: 'Unknown', reason: 'Pending' });
  });

  it('matters only while the Gateway API is on, and changes nothing else', () => {
    expect(accepted({}, { GATEWAY_API_ENABLED: 'false' })).toBeUndefined();
    const alone = sync({ parent, related: NEEDED, settings: GATEWAY_ON });
    const beside = sync({ parent, related: [...NEEDED, route(name)], settings: GATEWAY_ON });
    expect(beside.children).toEqual(alone.children);
    expect(beside.status.phase).toBe(alone.status.phase);
  });
});
