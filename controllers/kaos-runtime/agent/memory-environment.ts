import type { EnvVar } from '../../kubernetes/pod-spec/variables.ts';
import { namingOf } from '../../resources/kaos/naming.ts';
import type { Memory } from '../../resources/kaos/runtime-agent.ts';
import type { VerifiedCallers } from '../../settings.ts';
import type { CallTarget } from '../gateway/addresses.ts';
import { literal, literalIfAny, valueIfAny } from '../workload/environment.ts';
import { agentIdentity } from './identity.ts';
import { hasStore, maxReadScope, memoryType } from './memory.ts';
import type { ObservedAgent } from './observed.ts';

interface Surroundings {
  readonly addressOf: (target: CallTarget) => string;
  readonly verifiedCallers: VerifiedCallers;
}

/** The variables for an agent's memory, in the KAOS operator's order; empty if the Agent does not configure its memory. */
export function memoryVariables(
  observed: ObservedAgent,
  { addressOf, verifiedCallers }: Surroundings,
): readonly EnvVar[] {
  const { namespace, spec, memoryStore } = observed;
  const { memory } = spec.config ?? {};
  if (memory === undefined) {
    return [];
  }
  const store = hasStore(observed) ? memoryStore?.found : undefined;
  return [
    ...valueIfAny('MEMORY_REQUIRE_PRINCIPAL', verifiedCallers === 'users' || undefined),
    ...valueIfAny('MEMORY_REQUIRE_AGENT_IDENTITY', verifiedCallers !== 'none' || undefined),
    { name: 'MEMORY_ENABLED', value: String(memory.enabled ?? true) },
    literal('MEMORY_TYPE', memoryType(memory)),
    ...oldVariables(memory),
    ...literalIfAny(
      'MEMORY_STORE_ENDPOINT',
      store && addressOf({ name: store.metadata.name, namespace, naming: namingOf(store) }),
    ),
    literal('MEMORY_MAX_READ_SCOPE', maxReadScope(observed)),
    ...literalIfAny('MEMORY_TOOLS', memory.tools),
    ...literalIfAny('MEMORY_FAILURE_MODE', memory.failureMode),
    ...valueIfAny('MEMORY_SHORT_TERM_TOKEN_BUDGET', memory.clientParams?.tokenBudget),
    ...valueIfAny('MEMORY_ROLLING_SUMMARY', memory.clientParams?.rollingSummary),
    literal('AGENT_IDENTITY', agentIdentity(observed)),
  ];
}

/** Variables of KAOS 0.1.4. Its fields are no longer in KAOS's CRD, but agents still read the variables. */
function oldVariables({ contextLimit, maxSessions, maxSessionEvents }: Memory): readonly EnvVar[] {
  return [
    ...valueIfAny('MEMORY_CONTEXT_LIMIT', contextLimit),
    ...valueIfAny('MEMORY_MAX_SESSIONS', maxSessions),
    ...valueIfAny('MEMORY_MAX_SESSION_EVENTS', maxSessionEvents),
  ];
}
