import fc from 'fast-check';
import { agent, type KubernetesObject } from './gateways.ts';
import { mostly } from './mostly.ts';

/** Namespaces and names from which agents are made. */
interface Places {
  readonly namespaces: readonly string[];
  readonly names: readonly string[];
}

const PARTS = ['a', 'b', 'team-a', 'models', 'chat', 'completions', 'x1', 'well-known', 'a-b'];

/** Random texts, some with syntax of JSON, Go templates or JavaScript. */
export const hostileText = fc.oneof(
  fc.string(),
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom('{{', '}}', '"', '\\', '__proto__', '\n'),
);

/** One address part in twelve is wrong, so that about two addresses in three are right. */
function usually(right: readonly string[], ...wrong: readonly string[]): fc.Arbitrary<string> {
  return mostly(fc.constantFrom(...right), fc.constantFrom(...wrong), 11);
}

const port = usually(['', ':80', ':8000'], ':9', ':0', ':99999', ':x');
const route = usually(
  ['', '/', '/a', '/api/v1', '//x//'],
  '/__health',
  '/v1/__echo/x',
  '/a/{id}',
  '/:id',
  '/*',
  '/..',
  '/%7B%7B',
  '/{{ env "HOME" }}',
  '/"',
);
const scheme = usually(['http', 'https'], 'ftp', '');
const host = usually(['a.b', 'A_b', 'u:p@a.b'], '[::1]', '', '{x}', 'a b');
const end = usually(['', '/.well-known/agent-card.json'], '?q=1', '#f');
const address = fc.record({ scheme, host, port, route, end });
const text = fc.oneof(
  { weight: 7, arbitrary: address.map((of) => `${of.scheme}://${of.host}${of.port}${of.route}${of.end}`) },
  { weight: 1, arbitrary: hostileText },
);

/** Times that anybody who may update an Agent can write, before and after the tests' present. */
const time = mostly(
  fc.constantFrom('2025-01-01T00:00:00Z', '2026-05-31T23:59:50Z', '2026-05-31T23:59:59Z'),
  fc.constantFrom('2099-01-01T00:00:00Z', '0001-01-01T00:00:00Z', 'soon', '', 5, null),
);
const map = fc.dictionary(hostileText, hostileText, { maxKeys: 2 });
const metadata = fc.record(
  {
    labels: map,
    annotations: map,
    finalizers: fc.array(hostileText, { maxLength: 2 }),
    managedFields: mostly(
      fc.array(fc.record({ manager: hostileText, time }), { maxLength: 3 }),
      fc.constantFrom<unknown>({}, 'x'),
      11,
    ),
    deletionTimestamp: fc.constant('2026-05-31T23:59:00Z'),
  },
  { requiredKeys: [] },
);
const more = fc.record(
  {
    protocols: fc.array(fc.record({ name: hostileText, type: hostileText, path: hostileText, port: fc.integer() }), {
      maxLength: 2,
    }),
    env: fc.array(fc.record({ name: hostileText, value: hostileText }), { maxLength: 2 }),
    image: hostileText,
  },
  { requiredKeys: [] },
);
const exposed = mostly(fc.constant<unknown>(true), fc.constantFrom<unknown>(false, false, 'true', null), 5);
const status = mostly(fc.constant({}), fc.constantFrom<object>({ url: 5 }, { url: null }, { conditions: 'x' }), 19);

/** An agent of these places that a hostile tenant might create, with all fields that they write. */
export function hostileAgentOf({ namespaces, names }: Places): fc.Arbitrary<KubernetesObject> {
  const parts = {
    namespace: fc.constantFrom(...namespaces),
    name: fc.constantFrom(...names),
    url: text,
    metadata: mostly(
      metadata.map(({ deletionTimestamp: _rare, ...usual }) => usual),
      metadata,
      5,
    ),
    spec: fc.record({ exposed, more }),
    status,
  };
  return fc.record(parts).map((of) => {
    const made = agent(`${of.namespace}/${of.name}`, { url: of.url, metadata: of.metadata });
    return {
      ...made,
      spec: { ...of.spec.more, exposed: of.spec.exposed },
      status: { ...(made['status'] as object), ...of.status },
    };
  });
}

/** An agent that a hostile tenant might create. */
const hostileAgent = hostileAgentOf({ namespaces: PARTS, names: PARTS });

/** Hostile agents, many of which share a name across namespaces. */
export const hostileAgents = agentsOf(hostileAgent);

/** Several of these agents, each once. */
export function agentsOf(one: fc.Arbitrary<KubernetesObject>): fc.Arbitrary<KubernetesObject[]> {
  return fc.uniqueArray(one, { maxLength: 12, selector: idOf });
}

export function idOf({ metadata }: KubernetesObject): string {
  return `${metadata.namespace}/${metadata.name}`;
}
