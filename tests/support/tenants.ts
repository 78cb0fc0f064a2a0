import fc from 'fast-check';
import { CARD_PATTERN } from '../../controllers/agent-gateway/krakend/krakend-config.ts';
import { shown } from '../../controllers/data/quote.ts';
import { agent, type Condition, type KubernetesObject, parts, type sync } from './gateways.ts';
import { agentsOf, hostileAgentOf, idOf } from './hostile-agents.ts';
import { mostly } from './mostly.ts';

// Tenants whose agents share a gateway: victims, who only want to be served, and hostile ones.

const VICTIMS = ['b', 'team-a', 'team-b'];
const NAMES = ['a-b', 'completions', 'news', 'pay', 'x1'];
const CARD = '/.well-known/agent-card.json';
/** Hostile namespaces begin, end and sort around those of the victims, or have the name of a victim. */
const HOSTILE = ['a', 'chat', 'evil', 'models', 'pay', 'team', 'team-a-b', 'zz'];
const HOSTILE_NAMES = [
  ...NAMES,
  ...NAMES,
  ...VICTIMS,
  'a.b',
  'evil',
  'models',
  'Pay',
  '__proto__',
  '__health',
  'constructor',
  'x'.repeat(64),
];

const address = fc
  .record({
    port: fc.constantFrom('', ':8000'),
    path: fc.constantFrom('', '/api/v1'),
    host: fc.constantFrom('one', 'two'),
  })
  .map(({ host, port, path }) => `http://${host}.svc${port}${path}${CARD}`);
const createdAt = fc.constantFrom('2026-01-01T00:00:00Z', '2026-05-31T23:59:58Z');
const victim = fc
  .record({
    namespace: fc.constantFrom(...VICTIMS),
    name: fc.constantFrom(...NAMES),
    url: mostly(address, fc.constant(''), 9),
    exposed: mostly(fc.constant(true), fc.constant(false), 7),
    metadata: fc.record({ creationTimestamp: createdAt }),
  })
  .map(({ namespace, name, ...changes }) => agent(`${namespace}/${name}`, changes));

/** Agents of tenants who only want to be served. Few are hidden, or have no address yet. */
export const victims = agentsOf(victim);
/** Agents of tenants who want to harm them, of other namespaces. */
export const hostile = agentsOf(hostileAgentOf({ namespaces: HOSTILE, names: HOSTILE_NAMES }));
/** Who may have a short path: everybody, the victims, or nobody. */
export const shortPathNamespaces = fc.constantFrom('*', VICTIMS.join(','), '');

type Answer = ReturnType<typeof sync>;
interface Endpoint {
  readonly endpoint: string;
}

/** The names of hostile agents that victims can lose as short paths. */
export function contested(others: readonly KubernetesObject[], namespaces: string): ReadonlySet<string> {
  return namedBy(namespaces === '*' ? others : []);
}

function namedBy(agents: readonly KubernetesObject[]): ReadonlySet<string> {
  return new Set(agents.filter(isExposed).map(({ metadata }) => metadata.name));
}

/**
 * An answer without what belongs to hostile agents: their endpoints, their entries as models, what is said about them, the number of
 * agents whose calls do not stream, how full the configuration is, and the short paths of their names, which nobody gets who shares a name. The hash of the
 * configuration is left out too.
 */
export function withoutHostile(answer: Answer, others: readonly KubernetesObject[], namespaces: string): unknown {
  const ids = new Set(others.map(idOf));
  const names = contested(others, namespaces);
  const { block, config } = parts(answer.krakendJson);
  const extra = config.extra_config['plugin/http-server'];
  const { agents, ...a2a } = extra.openai_a2a_config;
  return {
    block,
    config: { ...config, endpoints: [], extra_config: { ...config.extra_config, 'plugin/http-server': [] } },
    plugins: { ...extra, openai_a2a_config: a2a },
    endpoints: config.endpoints.filter(
      ({ endpoint }: Endpoint) => !ids.has(ownerOf(endpoint)) && !names.has(ownerOf(endpoint)),
    ),
    agents: agents.filter(({ model_id }: { model_id: string }) => !ids.has(model_id)),
    attachments: answer.attachments.map(withoutConfig),
    accepted: withoutNotes(answer.conditions['Accepted']),
    problems: answer.reply.problems.filter(
      ({ about, reason }) => reason !== 'ConfigNearlyFull' && ![...ids].some((id) => about === `Agent ${shown(id)}`),
    ),
  };
}

/** The condition Accepted without the notes about streams, which count all agents. */
function withoutNotes(accepted: Condition | undefined): unknown {
  return accepted && { ...accepted, message: accepted.message.replace(/; calls to \d+ agents? go through .*$/, '') };
}

/** `namespace/name`, or `name` of a short path. */
function ownerOf(endpoint: string): string {
  return endpoint.replace(CARD_PATTERN, '').slice(1);
}

/** The owners of the endpoints of an answer, as `ownerOf` gives them. */
export function owners({ krakendJson }: Answer): ReadonlySet<string> {
  return new Set(parts(krakendJson).config.endpoints.map(({ endpoint }: Endpoint) => ownerOf(endpoint)));
}

/** Everything that an answer has for each of these agents: its own endpoints and its entry as a model. */
export function entriesOf({ krakendJson }: Answer, ids: readonly string[]): readonly string[] {
  const { endpoints, extra_config } = parts(krakendJson).config;
  const agents: { model_id: string }[] = extra_config['plugin/http-server'].openai_a2a_config.agents;
  const byOwner = Map.groupBy<string, Endpoint>(endpoints, ({ endpoint }) => ownerOf(endpoint));
  const byModel = new Map(agents.map((each) => [each.model_id, each]));
  return ids.map((id) => JSON.stringify([byOwner.get(id), byModel.get(id)]));
}

export function isExposed({ spec }: KubernetesObject): boolean {
  return (spec as { exposed?: unknown }).exposed === true;
}

/** A child without the configuration and its hash, on which all agents have an effect. */
function withoutConfig(child: KubernetesObject): unknown {
  const text = JSON.stringify({ ...child, ...(child.kind === 'ConfigMap' && { data: {} }) });
  return JSON.parse(text.replace(/"runtime.agentic-layer.ai\/config-hash":"[0-9a-f]*"/, '"hash":""'));
}
