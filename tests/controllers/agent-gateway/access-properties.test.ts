import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accessOf } from '../../../controllers/access/access-of.ts';
import type { AccessRule, AccessRules, Demand } from '../../../controllers/access/access-rules.ts';
import { accessRules, accessTargets, JWT } from '../../support/access.ts';
import { agent, gateway, type KubernetesObject, parts, sync } from '../../support/gateways.ts';
import { agentsOf, idOf } from '../../support/hostile-agents.ts';
import { mostly } from '../../support/mostly.ts';
import { assertReaching } from '../../support/reaching.ts';
import { entriesOf } from '../../support/tenants.ts';

interface Endpoint {
  readonly method: string;
  readonly endpoint: string;
  readonly extra_config?: Readonly<Record<string, object>>;
}

const someAgents = agentsOf(
  accessTargets.map(({ metadata: { name, namespace, labels } }) =>
    agent(`${namespace}/${name}`, { metadata: labels === undefined ? {} : { labels } }),
  ),
);
/** Agents of other names, which can take no short path from the others. */
const otherAgents = agentsOf(
  accessTargets.map(({ metadata: { name, namespace, labels = {} } }) =>
    agent(`${namespace}/other-${name}`, { metadata: { labels } }),
  ),
);
const PARENT = gateway();

/** The endpoints at the long path of an agent, and those at its short path if no other agent has it. */
function endpointsOf(
  krakendJson: string,
  { metadata }: KubernetesObject,
  all: readonly KubernetesObject[],
): Endpoint[] {
  const isAlone = all.filter((each) => each.metadata.name === metadata.name).length === 1;
  const paths = [`/${metadata.namespace}/${metadata.name}`, ...(isAlone ? [`/${metadata.name}`] : [])];
  return parts(krakendJson).config.endpoints.filter(({ endpoint }: Endpoint) =>
    paths.includes(endpoint.replace(/\/\.well-known\/.*$/, '')),
  );
}

function modelsOf(krakendJson: string): readonly string[] {
  const agents: { model_id: string }[] =
    parts(krakendJson).config.extra_config['plugin/http-server'].openai_a2a_config.agents;
  return agents.map(({ model_id }) => model_id);
}

/** What an endpoint must have for a demand. */
function blocksFor({ jwt, limit }: Demand): Readonly<Record<string, object>> {
  return {
    ...(jwt && { 'auth/validator': { issuer: jwt.issuer, audience: jwt.audiences, jwk_url: jwt.jwksUri } }),
    ...(limit && { 'qos/ratelimit/router': { every: '1m' } }),
  };
}

const inNamespace = ({ metadata, ...object }: KubernetesObject) => ({
  ...object,
  metadata: { ...metadata, namespace: metadata.namespace ?? '' },
});

/** What the rules say about an agent, and about its gateway. */
const accesses = (object: KubernetesObject, rules: AccessRules) =>
  [object, PARENT].map((each) => accessOf(inNamespace(each), rules));

const isDenied = (object: KubernetesObject, rules: AccessRules) =>
  accesses(object, rules).some(({ outcome }) => outcome === 'denied');

/** Everything that the rules demand of callers of an agent. */
const demanded = (object: KubernetesObject, rules: AccessRules): object =>
  Object.assign(
    {},
    ...accesses(object, rules).map((each) => (each.outcome === 'guarded' ? blocksFor(each.demand) : {})),
  );

const verdict = mostly(
  fc.constant<AccessRule>({ allow: true }),
  fc.constantFrom<AccessRule>({ jwt: JWT }, { limit: { requests: 9, per: 'minute', by: 'all' } }, { deny: true }),
  3,
);
/** Rules of which the first is for gateways, so that few of the others are. */
const rulesForBoth = fc
  .record({
    verdict,
    others: accessRules,
    otherwise: mostly(fc.constant('allow' as const), fc.constant('deny' as const)),
  })
  .map(
    (of): AccessRules => ({
      rules: [{ match: { kinds: ['AgentGateway'] }, ...of.verdict }, ...(of.others.rules ?? [])],
      default: of.otherwise,
    }),
  );

describe('for any access rules and agents', () => {
  it('no endpoint of an agent lacks what a rule for it, or for its gateway, demands, and no model demands a token', () => {
    assertReaching({ numRuns: 1000, floor: 300 }, (tell) =>
      fc.property(someAgents, rulesForBoth, (related, rules) => {
        const { krakendJson } = sync({ parent: PARENT, related, rules });
        const models = modelsOf(krakendJson);
        const guarded = related.filter((one) => Object.keys(demanded(one, rules)).length > 0);
        const endpoints = guarded.flatMap((one) =>
          endpointsOf(krakendJson, one, related).map((endpoint) => ({ endpoint, demand: demanded(one, rules) })),
        );
        for (const { endpoint, demand } of endpoints) {
          expect(endpoint.extra_config ?? {}).toMatchObject(demand);
        }
        expect(guarded.filter((one) => 'auth/validator' in demanded(one, rules) && models.includes(idOf(one)))).toEqual(
          [],
        );
        tell(endpoints.length > 0);
      }),
    );
  });

  it('every endpoint and model is of an agent that is not denied', () => {
    assertReaching({ numRuns: 1000, floor: 60 }, (tell) =>
      fc.property(someAgents, rulesForBoth, (related, rules) => {
        const { krakendJson } = sync({ parent: PARENT, related, rules });
        const open = related.filter((one) => !isDenied(one, rules));
        const owned = open.flatMap((one) =>
          endpointsOf(krakendJson, one, related).map(({ endpoint, method }) => `${method} ${endpoint}`),
        );
        const { endpoints } = parts(krakendJson).config;
        expect(new Set(owned).size).toBe(endpoints.length);
        expect(open.map(idOf)).toEqual(expect.arrayContaining([...modelsOf(krakendJson)]));
        tell(open.length < related.length && endpoints.length > 0);
      }),
    );
  });

  it('the order of agents, and other agents, do not change the endpoints of an agent', () => {
    assertReaching({ numRuns: 500, floor: 200 }, (tell) =>
      fc.property(someAgents, otherAgents, rulesForBoth, (related, others, rules) => {
        const ids = related.map(idOf);
        const alone = sync({ parent: PARENT, related, rules });
        const among = sync({ parent: PARENT, related: [...others, ...related].toReversed(), rules });
        expect(entriesOf(among, ids)).toEqual(entriesOf(alone, ids));
        tell(others.length > 0 && parts(alone.krakendJson).config.endpoints.length > 0);
      }),
    );
  });

  it('a rule that is added at the end opens nothing', () => {
    assertReaching({ numRuns: 500, floor: 100 }, (tell) =>
      fc.property(someAgents, rulesForBoth, accessRules, (related, { rules: first = [] }, { rules: last = [] }) => {
        const answer = (rules: AccessRule[]) => sync({ parent: PARENT, related, rules: { rules } }).krakendJson;
        const [before, after] = [answer(first), answer([...first, ...last.slice(0, 1)])];
        const had = new Map<string, Endpoint>(
          parts(before).config.endpoints.map((each: Endpoint) => [`${each.method} ${each.endpoint}`, each]),
        );
        for (const { method, endpoint, extra_config = {} } of parts(after).config.endpoints) {
          const earlier = had.get(`${method} ${endpoint}`);
          expect(earlier).toBeDefined();
          expect(extra_config).toMatchObject(earlier?.extra_config ?? {});
        }
        tell(after !== before);
      }),
    );
  });
});
