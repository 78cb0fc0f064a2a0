import type { EnvVar } from '../../kubernetes/pod-spec/variables.ts';
import { isObjectName } from '../../kubernetes/values/names.ts';
import { isReadScope, type ReadScope } from '../../resources/kaos/dependency.ts';
import { kaosUri, namingOf } from '../../resources/kaos/naming.ts';
import type { Memory } from '../../resources/kaos/runtime-agent.ts';
import type { VerifiedCallers } from '../../settings.ts';
import type { CallTarget } from '../gateway/addresses.ts';
import { literal, literalIfAny, valueIfAny } from '../workload/environment.ts';
import { maxReadScope, memoryType } from './memory.ts';
import type { ObservedAgent } from './observed.ts';
import { presentVariables } from './present-variables.ts';

interface Surroundings {
  readonly addressOf: (target: CallTarget) => string;
  readonly verifiedCallers: VerifiedCallers;
}

/** The variables for an agent's memory, in the KAOS operator's order; empty if the Agent does not configure its memory. */
export function memoryVariables(
  observed: ObservedAgent,
  { addressOf, verifiedCallers }: Surroundings,
): readonly EnvVar[] {
  const { spec } = observed;
  const { memory } = spec.config ?? {};
  if (memory === undefined) {
    return [];
  }
  const endpoint = storeAddress(observed, addressOf);
  return [
    ...valueIfAny('MEMORY_REQUIRE_PRINCIPAL', verifiedCallers === 'users' || undefined),
    ...valueIfAny('MEMORY_REQUIRE_AGENT_IDENTITY', verifiedCallers !== 'none' || undefined),
    { name: 'MEMORY_ENABLED', value: String(memory.enabled ?? true) },
    literal('MEMORY_TYPE', memoryType(memory)),
    ...oldVariables(memory),
    ...literalIfAny('MEMORY_STORE_ENDPOINT', endpoint),
    literal('MEMORY_MAX_READ_SCOPE', maxReadScope(observed) ?? presentScope(observed, endpoint) ?? 'session'),
    ...literalIfAny('MEMORY_TOOLS', memory.tools),
    ...literalIfAny('MEMORY_FAILURE_MODE', memory.failureMode),
    ...valueIfAny('MEMORY_SHORT_TERM_TOKEN_BUDGET', memory.clientParams?.tokenBudget),
    ...valueIfAny('MEMORY_ROLLING_SUMMARY', memory.clientParams?.rollingSummary),
    literal('AGENT_IDENTITY', kaosUri(observed)),
  ];
}

/** The address of the Agent's store. It follows from names alone, so pods keep it while the store is not ready. */
function storeAddress(
  { namespace, memoryStore }: ObservedAgent,
  addressOf: Surroundings['addressOf'],
): string | undefined {
  const { name = '' } = memoryStore ?? {};
  const naming = namingOf({ kind: 'MemoryStore', metadata: { name, namespace } });
  return isObjectName(name) ? addressOf({ name, namespace, naming }) : undefined;
}

/** The scope in which the present pods read a store at the same address. */
function presentScope(observed: ObservedAgent, endpoint: string | undefined): ReadScope | undefined {
  const present = presentVariables(observed);
  const scope = present.get('MEMORY_MAX_READ_SCOPE');
  const isSameStore = endpoint !== undefined && present.get('MEMORY_STORE_ENDPOINT') === endpoint;
  return isSameStore && isReadScope(scope) ? scope : undefined;
}

/** Variables of KAOS 0.1.4. Its fields are no longer in KAOS's CRD, but agents still read the variables. */
function oldVariables({ contextLimit, maxSessions, maxSessionEvents }: Memory): readonly EnvVar[] {
  return [
    ...valueIfAny('MEMORY_CONTEXT_LIMIT', contextLimit),
    ...valueIfAny('MEMORY_MAX_SESSIONS', maxSessions),
    ...valueIfAny('MEMORY_MAX_SESSION_EVENTS', maxSessionEvents),
  ];
}
