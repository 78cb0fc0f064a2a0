import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { routeOf, syncAgent } from '../../support/agent-routes.ts';
import { agent, type KubernetesObject } from '../../support/gateways.ts';
import { hostileAgents, hostileText } from '../../support/hostile-agents.ts';
import { mostly } from '../../support/mostly.ts';
import { assertReaching } from '../../support/reaching.ts';

const SERVICE = /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/;
const PATH = /^\/$|^(\/[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*)+$/;

/** Hosts of which about half are a Service of the namespace `team`. */
const host = mostly(
  fc.constantFrom('weather.team.svc', 'weather.team.svc.cluster.local', 'Weather.team.svc.cluster.local.'),
  fc.oneof(
    hostileText,
    fc.constantFrom('weather.other.svc', 'weather.team', 'weather.team.svc.cluster.local.evil.com'),
  ),
  1,
);
const inTeam = fc
  .record({
    host,
    port: fc.constantFrom('', ':80', ':8000', ':9'),
    path: mostly(fc.constantFrom('', '/a2a'), hostileText, 3),
  })
  .map((of) => agent('team/weather', { url: `http://${of.host}${of.port}${of.path}` }));

/** Fails unless the answer has at most one route, which leads to the Service of its Agent's own namespace, or says why not. */
function expectSafe(parent: KubernetesObject): boolean {
  if (syncAgent(parent).outcome !== 'answered') {
    return false;
  }
  const { route, released, problems } = routeOf(parent);
  if (route === undefined) {
    expect(released === 'NoDirectRoute' ? problems : [released]).not.toEqual([]);
    return false;
  }
  const { namespace, name } = parent.metadata;
  const { matches, filters, backendRefs: [backend] = [] } = route.spec.rules[0];
  expect(matches).toEqual([{ path: { type: 'Exact', value: `/${namespace}/${name}` }, method: 'POST' }]);
  expect(route.metadata.namespace).toBe(namespace);
  expect(backend?.name).toMatch(SERVICE);
  expect(backend).not.toHaveProperty('namespace');
  expect(backend?.port).toBeGreaterThan(0);
  expect(backend?.port).toBeLessThanOrEqual(65_535);
  expect(filters).toEqual([
    {
      type: 'URLRewrite',
      urlRewrite: { path: { type: 'ReplaceFullPath', replaceFullPath: expect.stringMatching(PATH) } },
    },
  ]);
  return true;
}

describe('for any Agent that a tenant writes', () => {
  it('its route takes nothing but its own calls, and leads to its own namespace', () => {
    assertReaching({ numRuns: 2000, floor: 400 }, (tell) =>
      fc.property(inTeam, (parent) => {
        tell(expectSafe(parent));
      }),
    );
  });

  it('no foreign address gets a route, and each answer passes the guard', () => {
    fc.assert(
      fc.property(hostileAgents, (parents) => {
        expect(parents.filter((parent) => expectSafe(parent))).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});
