import type { AccessCounts } from '../contract.ts';
import { shown } from '../data/quote.ts';
import type { Problem } from '../problem.ts';
import { type ClosedAccess, guardIn, isClosed } from './agents/agent-access.ts';
import { addressIn, type ExposedAgent, type LeftOut } from './agents/exposed-agents.ts';
import { isListed } from './krakend/guard.ts';
import { counted, listed } from './status.ts';

/** What the access rules keep callers from, in one sentence each. A rollout does not change it. */
export function accessNotes(agents: readonly ExposedAgent[]): readonly string[] {
  const denied = closedAgents(agents, 'denied');
  const unlisted = agents.filter((agent) => addressIn(agent) !== undefined && !isListed(guardIn(agent.access)));
  return [
    ...(denied.length > 0 ? [`${counted(denied, 'denied by access rules')}: ${listed(denied)}`] : []),
    ...(unlisted.length > 0
      ? [counted(unlisted, 'not in /models nor in /chat/completions, because a rule demands a token')]
      : []),
  ];
}

/** The agents that nobody may call for one of the two causes, each with the reason. */
export function closedAgents(agents: readonly ExposedAgent[], outcome: ClosedAccess['outcome']): readonly LeftOut[] {
  return agents.flatMap(({ id, access }) =>
    isClosed(access) && access.outcome === outcome ? [{ id, why: access.why }] : [],
  );
}

/** A problem for each agent whose rule is not met, or not as a whole. */
export function accessProblems(agents: readonly ExposedAgent[]): readonly Problem[] {
  return agents.flatMap(({ id, access }): readonly Problem[] => {
    const about = `Agent ${shown(id)}`;
    if (access.outcome === 'withheld') {
      return [{ reason: 'AccessWithheld', about, message: access.why }];
    }
    const message = access.outcome === 'guarded' ? access.notEnforced : undefined;
    return message === undefined ? [] : [{ reason: 'FromNotEnforced', about, message }];
  });
}

/** How many agents have which access. One that is not served for another reason counts only if nobody may call it. */
export function accessCounts(agents: readonly ExposedAgent[]): AccessCounts {
  const all = agents.filter((agent) => addressIn(agent) !== undefined || isClosed(agent.access));
  const byState = Map.groupBy(all, ({ access }) => access.outcome);
  return Object.fromEntries([...byState].map(([state, { length }]) => [state, length]));
}
