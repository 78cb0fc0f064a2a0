import { type Access, type AccessTarget, accessOf, byRule } from '../../access/access-of.ts';
import type { AccessRule, AccessRules, Demand } from '../../access/access-rules.ts';
import { canonicalText } from '../../data/hash.ts';
import { codeUnitOrder } from '../../data/order.ts';
import { AGENTIC_LAYER_API_VERSION } from '../../resources/agentic-layer/api-version.ts';
import { krakendDemand } from '../krakend/access-blocks.ts';
import { type Guard, guardOf } from '../krakend/guard.ts';

/** Who may call an agent through a gateway, and the rules that say so: that of the agent, that of the gateway, or both. */
export type AgentAccess = Verdict & { readonly rules: readonly string[] };

type Verdict =
  | { readonly outcome: 'open' }
  | {
      readonly outcome: 'guarded';
      /** Undefined if the gateway's own `from` is all that is demanded. */
      readonly guard: Guard | undefined;
      /** Why the agent's `from` is not enforced, if it has one. */
      readonly notEnforced: string | undefined;
    }
  /** `denied`: a rule says so. `withheld`: a rule demands what cannot be enforced. */
  | { readonly outcome: 'denied' | 'withheld'; readonly why: string };

/** The access of an agent that nobody may call. */
export type ClosedAccess = AgentAccess & Extract<Verdict, { readonly why: string }>;

export function isClosed(access: AgentAccess): access is ClosedAccess {
  return access.outcome === 'denied' || access.outcome === 'withheld';
}

/** What the endpoints of an agent demand, if it is served. */
export function guardIn(access: AgentAccess): Guard | undefined {
  return access.outcome === 'guarded' ? access.guard : undefined;
}

/** Decides the access to agents of a gateway. Agents for which one rule decides have the same access. */
export function accessToAgents(gateway: Access, rules: AccessRules): (agent: AccessTarget) => AgentAccess {
  const decided = new Map<string, AgentAccess>();
  return (agent) => {
    const own = accessOf(agent, rules);
    const both = decided.get(own.rule) ?? bothMet(gateway, own);
    decided.set(own.rule, both);
    return both;
  };
}

/** The guards that agents of a gateway may get by these rules, each once, in an order that does not depend on the rules'. */
export function guardsOf(gateway: Access, { rules = [] }: AccessRules): readonly Guard[] {
  const accesses = [{ allow: true } as const, ...rules.filter(isForAgents)].map((rule) => byRule(rule, 'any'));
  const guards = accesses.map((own) => guardIn(bothMet(gateway, own)));
  const byName = new Map(guards.flatMap((guard) => (guard === undefined ? [] : [[guard.name, guard] as const])));
  return [...byName.values()].sort((a, b) => codeUnitOrder(a.name, b.name));
}

const [GROUP] = AGENTIC_LAYER_API_VERSION.split('/');

function isForAgents({ match }: AccessRule): boolean {
  return match?.kinds?.some((kind) => kind === 'Agent' || kind === `Agent.${GROUP}`) ?? true;
}

/** Callers go through the gateway to the agent, so they have to meet the demands on both. */
function bothMet(gateway: Access, agent: Access): AgentAccess {
  const verdict = verdictOf(gateway, agent);
  const same = [agent, gateway].filter(
    ({ outcome }) => outcome === (verdict.outcome === 'denied' ? 'denied' : 'guarded'),
  );
  const rules = verdict.outcome === 'open' ? [agent.rule] : same.map(({ rule }) => rule);
  return { ...verdict, rules: [...new Set(rules)] };
}

function verdictOf(gateway: Access, agent: Access): Verdict {
  const denying = [gateway, agent].find(({ outcome }) => outcome === 'denied');
  if (denying !== undefined) {
    return {
      outcome: 'denied',
      why: `${denying.rule} ${OF_RULES}${denying === gateway ? ' denies the AgentGateway' : ''}`,
    };
  }
  return gateway.outcome === 'open' && agent.outcome === 'open' ? { outcome: 'open' } : guarded(gateway, agent);
}

function guarded(gateway: Access, agent: Access): Verdict {
  const [ofGateway, ofAgent] = [demandOf(gateway), demandOf(agent)];
  const from = fromOf(ofGateway, ofAgent);
  const conflict = conflictOf(ofGateway, ofAgent) ?? (from === 'alone' ? FROM_ALONE : undefined);
  const demand = krakendDemand({ ...ofGateway, ...ofAgent });
  const why = conflict ?? (demand.outcome === 'withheld' ? demand.why : undefined);
  return demand.outcome === 'withheld' || why !== undefined
    ? { outcome: 'withheld', why: `${conflict === FROM_ALONE ? rulesOf(agent) : rulesOf(gateway, agent)}: ${why}` }
    : {
        outcome: 'guarded',
        guard: guardOf(demand.extraConfig),
        notEnforced: from === 'beside a token' ? `${rulesOf(agent)}: ${FROM_NOT_ENFORCED}` : undefined,
      };
}

function demandOf(access: Access): Demand {
  return access.outcome === 'guarded' ? access.demand : {};
}

function rulesOf(...accesses: readonly Access[]): string {
  const rules = accesses.flatMap(({ outcome, rule }) => (outcome === 'guarded' ? [rule] : []));
  return `${[...new Set(rules)].join(' and ')} ${OF_RULES}`;
}

const OF_RULES = 'of the access rules';

const PUT_INTO_GATEWAY = 'put the from into the rule of the AgentGateway';
const FROM_ALONE = `from: KrakenD cannot enforce who connects to an Agent behind it, and the rule has no jwt; add a jwt, or ${PUT_INTO_GATEWAY}`;
const FROM_NOT_ENFORCED = `from: KrakenD cannot enforce who connects to an Agent behind it, so the token alone decides; ${PUT_INTO_GATEWAY}`;

/**
 * What becomes of an agent's `from`. A NetworkPolicy enforces the gateway's own for the gateway's pods, so the agent's holds too if it has
 * all namespaces of the gateway's.
 */
function fromOf(gateway: Demand, { from, jwt }: Demand): 'met' | 'beside a token' | 'alone' {
  if (from === undefined || gateway.from?.namespaces.every((namespace) => from.namespaces.includes(namespace))) {
    return 'met';
  }
  return jwt === undefined ? 'alone' : 'beside a token';
}

/** KrakenD checks one kind of token and one limit at an endpoint. */
function conflictOf(gateway: Demand, agent: Demand): string | undefined {
  const part = (['jwt', 'limit'] as const).find((each) => isOther(gateway[each], agent[each]));
  return (
    part &&
    `${part}: the rules of the AgentGateway and of the Agent have different ones, and KrakenD has one at an endpoint; expected the same in both rules, or in one of them alone`
  );
}

function isOther(one: object | undefined, other: object | undefined): boolean {
  return one !== undefined && other !== undefined && canonicalText(one) !== canonicalText(other);
}
