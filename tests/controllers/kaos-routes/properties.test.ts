import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kaosRoutes } from '../../../controllers/kaos-routes/controller.ts';
import type { HttpRoute } from '../../../controllers/kubernetes/kinds/http-route.ts';
import { answerSync, type SyncAnswer } from '../../../webhooks/answer.ts';
import { mostly } from '../../support/mostly.ts';
import { assertReaching } from '../../support/reaching.ts';
import { testSettings } from '../../support/service.ts';

const SETTINGS = testSettings().controllers;
const GATEWAY_DURATION = /^([0-9]{1,5}(h|m|s|ms)){1,4}$/;

/** The routes of an answer; throws if the request was not answered. */
function routesOf(answer: SyncAnswer): readonly HttpRoute[] {
  if (answer.outcome !== 'answered' || !('attachments' in answer.response)) {
    throw new Error(`expected an answer, not ${JSON.stringify(answer)}`);
  }
  return answer.response.attachments as readonly HttpRoute[];
}

describe('for any resource that users write', () => {
  const text = fc.oneof(
    fc.string(),
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('0s', '5m', '100000s', 'a.b', '__proto__'),
  );
  const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
  const metadata = fc.record(
    {
      name: mostly(
        fc.stringMatching(/^[a-z]([a-z0-9-]{0,20}[a-z0-9])?$/),
        text.filter((name) => name !== ''),
      ),
      namespace: fc.stringMatching(/^[a-z]{1,10}$/),
      labels: fc.dictionary(text, text),
    },
    { requiredKeys: ['name', 'namespace'] },
  );
  const deletion = mostly(fc.constant({}), fc.record({ deletionTimestamp: text }), 9);
  const spec = fc.record(
    {
      mode: fc.constantFrom('Proxy', 'Hosted'),
      agentNetwork: fc.record({ expose: mostly(fc.constant(true), fc.constant(false)) }, { requiredKeys: [] }),
      gatewayRoute: fc.record({ timeout: mostly(fc.constantFrom('0s', '5m', '99999h', '1h1m1s1ms'), text, 1) }),
      anything: fc.jsonValue(),
    },
    { requiredKeys: ['mode'] },
  );
  const parent = fc.record({
    apiVersion: fc.constant('kaos.tools/v1alpha1'),
    kind: fc.constantFrom('Agent', 'ModelAPI', 'MCPServer', 'MemoryStore'),
    metadata: fc.tuple(metadata, deletion).map(([named, deleting]) => ({ ...named, ...deleting })),
    spec,
    status: optional(fc.jsonValue()),
  });
  const observed = fc.array(
    fc.record({ mapKey: fc.constant('HTTPRoute.gateway.networking.k8s.io/v1'), key: text, value: fc.jsonValue() }),
  );

  const isFinalizing = mostly(fc.constant(false), fc.constant(true), 9);

  it('the answer passes the guard, and its timeout is a valid Gateway API duration', () => {
    assertReaching({ numRuns: 2000, floor: 800 }, (tell) =>
      fc.property(parent, observed, isFinalizing, (parent, children, finalizing) => {
        const snapshot = { parent, children, related: [], finalizing, now: '2026-01-01T00:00:00Z' };
        const answer = answerSync(kaosRoutes, snapshot, SETTINGS);
        const routes = routesOf(answer);
        for (const { spec } of routes) {
          expect(spec.rules[0].timeouts?.request).toMatch(GATEWAY_DURATION);
        }
        tell(routes.length > 0 && parent.spec.gatewayRoute !== undefined);
      }),
    );
  });
});
