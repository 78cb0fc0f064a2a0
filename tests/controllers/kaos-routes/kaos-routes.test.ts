import { describe, expect, it } from 'vitest';
import type { Snapshot } from '../../../controllers/contract.ts';
import { desire } from '../../../controllers/kaos-routes/desired.ts';
import { observe, type RoutedResource } from '../../../controllers/kaos-routes/observed.ts';
import type { HttpRoute } from '../../../controllers/kubernetes/kinds/http-route.ts';
import { testSettings } from '../../support/service.ts';

const SETTINGS = testSettings().controllers;

type Spec = Readonly<Record<string, unknown>>;

function snapshot(kind: string, spec: Spec, metadata: object = {}): Snapshot<RoutedResource> {
  const parent = {
    apiVersion: 'kaos.tools/v1alpha1',
    kind,
    metadata: { name: 'x', namespace: 'ns', ...metadata },
    spec,
  } as unknown as RoutedResource;
  return { parent, children: [], related: [], finalizing: false, now: '2026-01-01T00:00:00Z' };
}

function desired(kind: string, spec: Spec, metadata: object = {}) {
  const { because: _because, ...answer } = desire(observe(snapshot(kind, spec, metadata)), SETTINGS);
  return answer;
}

/** The rules of a kind's route, if each is like this one: an Agent has one more, for its card. */
function withCard(kind: string, rule: object): readonly object[] {
  return kind === 'Agent' ? [rule, rule] : [rule];
}

/** The answer has no policies without access rules. */
const UNGUARDED = { policies: [], access: { state: 'open', demand: {} } };

describe('the route of a resource', () => {
  it.each([
    ['Agent', {}, 'agent-x', '/ns/agent/x', 'agent-x', 8000, '120s', { agent: 'x', app: 'agent' }],
    [
      'ModelAPI',
      { mode: 'Proxy' },
      'modelapi-x',
      '/ns/modelapi/x',
      'modelapi-x',
      8000,
      '120s',
      { app: 'modelapi', modelapi: 'x' },
    ],
    [
      'ModelAPI',
      { mode: 'Hosted' },
      'modelapi-x',
      '/ns/modelapi/x',
      'modelapi-x',
      11434,
      '120s',
      { app: 'modelapi', modelapi: 'x' },
    ],
    ['MCPServer', {}, 'mcp-x', '/ns/mcp/x', 'mcpserver-x', 8000, '30s', { app: 'mcpserver', mcpserver: 'x' }],
    [
      'MemoryStore',
      {},
      'memorystore-x',
      '/ns/memorystore/x',
      'memorystore-x',
      8080,
      '30s',
      { app: 'memorystore', memorystore: 'x' },
    ],
  ])(
    'KAOS 0.8, rows 7 and 12: has the expected name, path, target header, backend and timeout: %s %j',
    (kind, spec, name, path, service, port, request, labels) => {
      expect(desired(kind, spec)).toEqual({
        ...UNGUARDED,
        outcome: 'desired',
        route: {
          apiVersion: 'gateway.networking.k8s.io/v1',
          kind: 'HTTPRoute',
          metadata: { name, namespace: 'ns', labels },
          spec: {
            parentRefs: [
              { group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'kaos-gateway', namespace: 'kaos-system' },
            ],
            rules: [
              {
                matches: [{ path: { type: 'PathPrefix', value: path } }],
                filters: [
                  {
                    type: 'RequestHeaderModifier',
                    requestHeaderModifier: {
                      set: [{ name: 'x-kaos-target-resource', value: `kaos://${labels.app}/ns/x` }],
                    },
                  },
                  { type: 'URLRewrite', urlRewrite: { path: { type: 'ReplacePrefixMatch', replacePrefixMatch: '/' } } },
                ],
                backendRefs: [{ group: '', kind: 'Service', name: service, port, weight: 1 }],
                timeouts: { request },
              },
              ...(kind === 'Agent' ? [expect.anything()] : []),
            ],
          },
        },
        problems: [],
      });
    },
  );

  it.each([
    ['Agent', {}, '1s'],
    ['ModelAPI', { mode: 'Proxy' }, '2s'],
    ['MCPServer', {}, '3s'],
    ['MemoryStore', {}, '4s'],
  ])('has the default timeout of its kind: %s', (kind, spec, request) => {
    const settings = testSettings({
      GATEWAY_DEFAULT_AGENT_TIMEOUT: '1s',
      GATEWAY_DEFAULT_MODELAPI_TIMEOUT: '2s',
      GATEWAY_DEFAULT_MCP_TIMEOUT: '3s',
      GATEWAY_DEFAULT_MEMORYSTORE_TIMEOUT: '4s',
    }).controllers;
    expect(desire(observe(snapshot(kind, spec)), settings)).toMatchObject({
      route: { spec: { rules: withCard(kind, { timeouts: { request } }) } },
    });
  });

  it.each(['0s', '0ms', '0h0m', '1h1m1s1ms', '99999h', '300s', '5m'])('keeps the timeout %s', (timeout) => {
    expect(desired('Agent', { gatewayRoute: { timeout } })).toMatchObject({
      route: { spec: { rules: withCard('Agent', { timeouts: { request: timeout } }) } },
      problems: [],
    });
  });

  it.each(['100000s', '1h1m1s1ms1s', '', '60', '5x', '1.5h', '-1s', ' 1s', '1s\n', '1'.repeat(1_000_000)])(
    'D3: refuses the timeout %j, quotes it and uses the default',
    (timeout) => {
      const route = desired('Agent', { gatewayRoute: { timeout } });
      const quoted = JSON.stringify(timeout.length > 64 ? `${timeout.slice(0, 64)}…` : timeout);
      expect(route).toMatchObject({
        route: {
          metadata: { annotations: { 'agent-gateway-hooks/problem': expect.stringContaining(quoted) } },
          spec: { rules: withCard('Agent', { timeouts: { request: '120s' } }) },
        },
        problems: [{ reason: 'InvalidTimeout', about: 'Agent ns/x', message: expect.stringContaining(quoted) }],
      });
      expect(JSON.stringify(route).length).toBeLessThan(2000);
    },
  );
});

describe('the card of an agent', () => {
  it('KAOS 0.8, row 1: is found at the path of A2A, and all else below the prefix stays as it is', () => {
    const { route } = desired('Agent', { gatewayRoute: { timeout: '5m' } }) as { readonly route: HttpRoute };
    const [below, card, ...more] = route.spec.rules;
    expect(card).toEqual({
      ...below,
      matches: [{ path: { type: 'Exact', value: '/ns/agent/x/.well-known/agent-card.json' } }],
      filters: [
        below?.filters?.[0],
        {
          type: 'URLRewrite',
          urlRewrite: { path: { type: 'ReplaceFullPath', replaceFullPath: '/.well-known/agent.json' } },
        },
      ],
    });
    expect(more).toEqual([]);
  });

  it.each([
    ['ModelAPI', { mode: 'Hosted' }],
    ['MCPServer', {}],
    ['MemoryStore', {}],
  ])('is no matter of a %s', (kind, spec) => {
    const { route } = desired(kind, spec) as { readonly route: HttpRoute };
    expect(route.spec.rules).toHaveLength(1);
  });
});

describe('a resource gets no route', () => {
  it.each<[string, Spec, object, string]>([
    ['Agent', { agentNetwork: { expose: false } }, {}, 'NotExposed'],
    ['Agent', {}, { deletionTimestamp: '2026-01-01T00:00:00Z' }, 'Deleting'],
    ['Agent', { agentNetwork: { expose: false } }, { deletionTimestamp: '2026-01-01T00:00:00Z' }, 'Deleting'],
    ['Agent', { agentNetwork: { expose: false } }, { name: 'a.b' }, 'NotExposed'],
  ])('as %s with the spec %j and the metadata %j', (kind, spec, metadata, reason) => {
    expect(desired(kind, spec, metadata)).toEqual({ outcome: 'none', reason, problems: [], kept: [] });
  });

  it('D1: while a finalize hook runs or the Gateway API is off', () => {
    const finalizing = observe({ ...snapshot('Agent', {}), finalizing: true });
    expect(desire(finalizing, SETTINGS)).toMatchObject({ outcome: 'none', reason: 'Deleting' });
    const off = testSettings({ GATEWAY_API_ENABLED: 'false' }).controllers;
    expect(desire(observe(snapshot('Agent', {})), off)).toMatchObject({ reason: 'GatewayDisabled' });
  });

  it.each<[string, number]>([
    ['Agent', 57],
    ['ModelAPI', 54],
    ['MCPServer', 53],
    ['MemoryStore', 51],
  ])('as %s with a name of more than %i characters', (kind, longest) => {
    const spec = { mode: 'Proxy' };
    expect(desired(kind, spec, { name: 'a'.repeat(longest) })).toMatchObject({ outcome: 'desired', problems: [] });
    expect(desired(kind, spec, { name: 'a'.repeat(longest + 1) })).toMatchObject({
      outcome: 'none',
      reason: 'InvalidName',
      problems: [{ reason: 'InvalidName', message: expect.stringContaining('has 64 characters; expected at most 63') }],
    });
  });

  it.each(['a.b', 'A', 'a_b', 'a-', 'a\nb', 'ä'])('with the name %j', (name) => {
    expect(desired('Agent', {}, { name })).toMatchObject({ reason: 'InvalidName', problems: [{}] });
  });

  it.each(['ModelAPI', 'MCPServer', 'MemoryStore'])('unless it is a %s, which cannot be hidden', (kind) => {
    const spec = { mode: 'Proxy', agentNetwork: { expose: false } };
    expect(desired(kind, spec)).toMatchObject({ outcome: 'desired' });
  });
});
