import { afterEach, describe, expect, it } from 'vitest';
import { agent, gateway, gatewayClass, OURS, objectMap } from '../../support/gateways.ts';
import * as kaos from '../../support/kaos.ts';
import { nested } from '../../support/nested.ts';
import { HEAP_FLAG, killServices, startService } from '../../support/service-process.ts';

/** Levels that are above the deep value in a body: the body itself, parent, spec and so on. */
const LEVELS_ABOVE = 10;
const DEEP = 1000 - LEVELS_ABOVE;
const ON = { KAOS_RUNTIME_ENABLED: 'true', DEFAULT_AGENT_IMAGE: 'a' };

afterEach(killServices);

const sync = (more: object) => ({ controller: {}, related: {}, finalizing: false, ...more });
const ours = objectMap([gatewayClass('krakend', OURS, true)]);
const podSpec = (csi: unknown) => ({ podSpec: { volumes: [{ name: 'v', csi }] } });
const deployment = (value: unknown, name: string) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name, namespace: 'team' },
  spec: { template: { metadata: {}, spec: { containers: [], a: value } } },
});

/** A body for each place at which a deep value gets in. */
const CALLS: Readonly<Record<string, (value: unknown) => readonly [string, object]>> = {
  'a podSpec': (value) => [
    '/kaos-runtime-agent/sync',
    sync({ parent: kaos.agent(podSpec(value)), children: {}, related: objectMap([kaos.ready(kaos.modelApi())]) }),
  ],
  'the status of a KAOS resource': (value) => [
    '/kaos-runtime-agent/sync',
    sync({ parent: { ...kaos.agent(), status: { conditions: [value] } }, children: {} }),
  ],
  'a child of a KAOS resource': (value) => [
    '/kaos-runtime-agent/sync',
    sync({ parent: kaos.agent(), children: objectMap([deployment(value, 'agent-lead')]) }),
  ],
  'the status of a gateway': (value) => [
    '/agent-gateway/sync',
    sync({ object: { ...gateway(), status: { conditions: [value], a: value } }, attachments: {}, related: ours }),
  ],
  'a child of a gateway': (value) => [
    '/agent-gateway/sync',
    sync({ object: gateway(), attachments: objectMap([deployment(value, 'gw')]), related: ours }),
  ],
  'a child of a gateway without a class': (value) => [
    '/agent-gateway/sync',
    sync({ object: gateway(), attachments: objectMap([deployment(value, 'gw')]) }),
  ],
  "a gateway's variables": (value) => [
    '/agent-gateway/sync',
    sync({ object: gateway({ env: [value] }), attachments: {}, related: ours }),
  ],
  'an Agent of the agent runtime': (value) => [
    '/agent-gateway/sync',
    sync({
      object: gateway(),
      attachments: {},
      related: objectMap([gatewayClass('krakend', OURS, true), { ...agent('team/a'), a: value }]),
    }),
  ],
};

async function post(port: number, [path, body]: readonly [string, object]): Promise<number> {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  });
  await answer.arrayBuffer();
  return answer.status;
}

describe('the first call of a process', () => {
  it.each(Object.entries(CALLS))(
    'is answered with %s that is nested deeply',
    { timeout: 60_000 },
    async (_what, call) => {
      const { port } = await startService(ON, [HEAP_FLAG]);
      expect(await post(port, call(nested(DEEP, 1)))).toBe(200);
    },
  );

  it.each(Object.entries(CALLS))(
    'is answered with %s of 100,000 values that are 500 levels deep',
    { timeout: 60_000 },
    async (_what, call) => {
      const { port } = await startService(ON, [HEAP_FLAG]);
      expect(await post(port, call(nested(500, Array(100_000).fill(1))))).toBe(200);
      expect(await post(port, call(1))).toBe(200);
    },
  );
});
