import fc from 'fast-check';
import type { ServedAgent } from '../../controllers/agent-gateway/agents/exposed-agents.ts';
import { krakendDemand } from '../../controllers/agent-gateway/krakend/access-blocks.ts';
import { type Guard, guardOf } from '../../controllers/agent-gateway/krakend/guard.ts';
import { JWT } from './access.ts';

const LIMIT = { requests: 60, per: 'minute', by: 'claim:sub' } as const;

/** Guards with a token, with a limit, and with both. */
export const GUARDS = [{ jwt: JWT }, { limit: { ...LIMIT, by: 'all' } as const }, { jwt: JWT, limit: LIMIT }].map(
  guardFor,
);

function guardFor(demand: Parameters<typeof krakendDemand>[0]): Guard {
  const expressed = krakendDemand(demand);
  const guard = expressed.outcome === 'expressed' ? guardOf(expressed.extraConfig) : undefined;
  if (guard === undefined) {
    throw new Error(`expected a guard, not ${JSON.stringify(expressed)}`);
  }
  return guard;
}

const label = fc.stringMatching(/^[a-z]([a-z0-9-]{0,20}[a-z0-9])?$/);
const anyAgent = fc
  .record({
    namespace: fc.constantFrom('a', 'b', 'team-c'),
    name: label,
    createdAt: fc.integer({ min: 0, max: 2_000_000_000 }),
    host: label.map((host) => `http://${host}`),
    path: fc.oneof(
      fc.constant(''),
      label.map((path) => `/${path}`),
    ),
    shorthand: fc.constantFrom('none', 'short', 'long'),
    guard: fc.constantFrom(undefined, ...GUARDS),
  })
  .map(
    ({ guard, ...parts }): ServedAgent => ({
      ...parts,
      id: `${parts.namespace}/${parts.name}`,
      ...(guard && { guard }),
    }),
  );
/** Up to twelve agents as configurations have them, some with a guard. */
export const anyGuardedAgents = fc.uniqueArray(anyAgent, { minLength: 1, maxLength: 12, selector: ({ id }) => id });
