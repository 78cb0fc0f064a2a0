import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CARD_PATTERN } from '../../../controllers/agent-gateway/krakend/krakend-config.ts';
import type { SyncAnswer } from '../../../webhooks/answer.ts';
import { asking } from '../../support/gateway-routes.ts';
import { gateway, type KubernetesObject, observed, parts, sync, syncScene } from '../../support/gateways.ts';
import { hostileAgents as agents, hostileText as text } from '../../support/hostile-agents.ts';
import { mostly } from '../../support/mostly.ts';
import { assertReaching } from '../../support/reaching.ts';

const RUNS = { numRuns: 1000 };

interface Endpoint {
  readonly method: string;
  readonly endpoint: string;
}

function endpointsOf(related: readonly KubernetesObject[]): readonly Endpoint[] {
  return parts(sync({ related }).krakendJson).config.endpoints;
}

/** An endpoint's path without the parameter of cards, which is ours. */
function literal(endpoint: string): string {
  return endpoint.endsWith(CARD_PATTERN) ? endpoint.replace('{card}', 'card') : endpoint;
}

/** Whether the answer has a configuration with an agent. */
function hasMade(answer: SyncAnswer): boolean {
  return answer.outcome === 'answered' && JSON.stringify(answer.response).includes('model_id');
}

describe('for any agents', () => {
  it('their order does not change the answer', () => {
    assertReaching({ ...RUNS, floor: 550 }, (tell) =>
      fc.property(agents, fc.infiniteStream(fc.nat()), (related, numbers) => {
        const shuffled = related
          .map((object) => ({ object, rank: numbers.next().value }))
          .sort((a, b) => Number(a.rank) - Number(b.rank))
          .map(({ object }) => object);
        const [given, other] = [sync({ related }), sync({ related: shuffled })];
        expect(JSON.stringify([other.attachments, other.status])).toBe(
          JSON.stringify([given.attachments, given.status]),
        );
        tell(
          shuffled.some((object, index) => object !== related[index]) &&
            parts(given.krakendJson).config.endpoints.length > 0,
        );
      }),
    );
  });

  it('no two endpoints have the same method and normalized path, and none is reserved by KrakenD', () => {
    assertReaching({ ...RUNS, floor: 430 }, (tell) =>
      fc.property(agents, (related) => {
        const keys = endpointsOf(related).map(
          ({ method, endpoint }) => `${method} ${path.posix.normalize(literal(endpoint))}`,
        );
        expect(new Set(keys).size).toBe(keys.length);
        expect(
          keys.filter((key) => /\/__(health|debug|echo)(\/|$)|^POST \/chat\/completions$|[{}*:"]/.test(key)),
        ).toEqual([]);
        // One agent has at most four endpoints.
        tell(keys.length > 4);
      }),
    );
  });

  it('the configuration is JSON with one template block, and its strings have only safe characters', () => {
    assertReaching({ ...RUNS, floor: 650 }, (tell) =>
      fc.property(agents, (related) => {
        const { config, block } = parts(sync({ related }).krakendJson);
        expect(block.startsWith('{{ $address')).toBe(true);
        for (const { endpoint, backend } of config.endpoints) {
          expect(`${literal(endpoint)}${backend[0].host[0]}${backend[0].url_pattern}`).toMatch(/^[A-Za-z0-9._:/-]+$/);
          expect(backend[0].url_pattern).not.toMatch(/\/__(health|debug|echo)(\/|$)/);
        }
        tell(config.endpoints.length > 0);
      }),
    );
  });
});

describe('for any request whose envelope and parent fit the schema', () => {
  const map = fc.dictionary(text, text, { maxKeys: 3 });
  const selector = fc.record({ name: text, key: text, optional: fc.boolean() }, { requiredKeys: ['key'] });
  const variable = fc.record(
    {
      name: fc.oneof(text, fc.constantFrom('FC_ENABLE', 'TMPDIR', 'KRAKEND_PORT')),
      value: text,
      valueFrom: fc.record({ configMapKeyRef: selector, secretKeyRef: selector }, { requiredKeys: [] }),
    },
    { requiredKeys: ['name'] },
  );
  const source = fc.record({ name: text, optional: fc.boolean() }, { requiredKeys: [] });
  const metadata = fc.record({ labels: map, annotations: map }, { requiredKeys: [] });
  const spec = fc.record(
    {
      agentGatewayClassName: mostly(fc.constantFrom('', 'krakend'), fc.constant('gone'), 7),
      replicas: fc.nat(5),
      timeout: fc.oneof(text, fc.constantFrom('1s', '0s', '-1s')),
      env: fc.array(variable, { maxLength: 4 }),
      envFrom: fc.array(fc.record({ prefix: text, configMapRef: source, secretRef: source }, { requiredKeys: [] }), {
        maxLength: 3,
      }),
      commonMetadata: metadata,
      podMetadata: metadata,
      guardrails: fc.array(fc.record({ name: text }), { maxLength: 2 }),
    },
    { requiredKeys: [] },
  );
  /** Host names, most of them valid. */
  const hostnames = fc
    .array(mostly(fc.constantFrom('a.example.com', 'b.example.com', '*.example.com', '*'), text), { maxLength: 4 })
    .map((names) => names.join());
  const parent = fc
    .record({
      spec,
      name: mostly(
        fc.constant('gw'),
        text.filter((name) => name !== ''),
        7,
      ),
      annotations: fc.oneof(
        map,
        hostnames.map((names) => ({ 'agent-gateway-hooks/hostnames': names })),
      ),
      conditions: fc.array(fc.jsonValue(), { maxLength: 3 }),
    })
    .map(({ spec: given, name, annotations, conditions }) => ({
      ...gateway(given, { name, annotations }),
      status: { conditions, more: null },
    }));
  const settings = mostly(
    fc.constant<Record<string, string>>({}),
    fc.constantFrom<Record<string, string>[]>(
      { AGENT_GATEWAY_GUARDRAILS: 'refuse' },
      { AGENT_GATEWAY_CONFIG_LIMIT_KIB: '1', AGENT_GATEWAY_SETTINGS_LIMIT_KIB: '0' },
      { GATEWAY_API_ENABLED: 'false' },
      { GATEWAY_TIMEOUTS: 'never' },
    ),
  );
  /** Objects of all kinds that the controller reads, with random content. */
  const anything = fc
    .tuple(
      fc.constantFrom(
        'v1 ConfigMap',
        'v1 Secret',
        'v1 Service',
        'apps/v1 Deployment',
        'runtime.agentic-layer.ai/v1alpha1 Agent',
        'gateway.networking.k8s.io/v1 HTTPRoute',
        'gateway.networking.k8s.io/v1 GatewayClass',
      ),
      mostly(fc.constant('x'), fc.constantFrom('gw', 'gw-krakend-config')),
      fc.jsonValue(),
      fc.jsonValue(),
    )
    .map(([type, name, fields, inner]) => {
      const [apiVersion = '', kind = ''] = type.split(' ');
      const more = typeof fields === 'object' && fields !== null ? fields : {};
      return { ...more, spec: inner, apiVersion, kind, metadata: { name, namespace: 'team' } } as KubernetesObject;
    });

  it('the service answers, and the answer passes the guard', () => {
    assertReaching({ ...RUNS, floor: 320 }, (tell) =>
      fc.property(parent, agents, fc.array(anything, { maxLength: 4 }), settings, (gw, others, objects, variables) => {
        const children = objects.filter(({ kind }) =>
          ['ConfigMap', 'Service', 'Deployment', 'HTTPRoute'].includes(kind),
        );
        const answer = syncScene({ parent: gw, related: [...others, ...objects], children, settings: variables });
        expect(answer.outcome).toBe('answered');
        tell(hasMade(answer));
      }),
    );
  });

  it('the answer does not change once its children are observed', () => {
    assertReaching({ ...RUNS, floor: 650 }, (tell) =>
      fc.property(spec, agents, hostnames, (given, related, names) => {
        const scene = { parent: asking(names, { ...given, agentGatewayClassName: '' }), related };
        const first = sync(scene);
        expect(sync({ ...scene, children: observed(first.attachments) }).attachments).toEqual(first.attachments);
        tell(first.attachments.length > 0 && parts(first.krakendJson).config.endpoints.length > 0);
      }),
    );
  });
});
