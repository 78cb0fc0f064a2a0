import { GATEWAY_REASONS, GRANT_REASONS, KAOS_REASONS } from '../../controllers/condition-reasons.ts';
import { PROBLEM_REASONS } from '../../controllers/problem.ts';
import { RELEASE_REASONS } from '../../controllers/release-reasons.ts';
import { GUARD_RULES } from '../../webhooks/guard/violation.ts';
import { code, type Page, page, prose, table } from './markdown.ts';

type Meanings = Readonly<Record<string, string>>;

/** Every condition, problem, release and rule of the guard with its reasons. */
export function reasonsPage(): Page {
  return page('reasons.md', 'Conditions and reasons', [
    `A condition that is not met has the first reason that applies, and the messages of all of them.
[Troubleshooting](../troubleshooting.md) says what to do. Resources of KAOS have these conditions while the KAOS runtime runs them.`,
    conditions('an AgentGateway', GATEWAY_REASONS),
    conditions('a KAOS resource', KAOS_REASONS),
    conditions('an AccessGrant', GRANT_REASONS),
    section(
      'Problems',
      'They are in the log line of a call, in the metric `agent_gateway_hooks_problems_total`, and on the standard error of `render`.',
      PROBLEM_REASONS,
    ),
    section(
      'Answers without children',
      `The field \`released\` of a log line. An AgentGateway or a KAOS resource without children can also have a reason of its
condition \`Accepted\` there.`,
      RELEASE_REASONS,
    ),
    section(
      'Rules of the guard',
      `The guard checks each answer before it is sent. A broken rule is a defect of this service: the answer is a 500 and nothing
changes. The metric \`agent_gateway_hooks_guard_violations_total\` counts them.`,
      GUARD_RULES,
    ),
  ]);
}

/** Both kinds of parents have a condition Accepted, so each heading names the parent. */
function conditions(parent: string, types: Readonly<Record<string, Meanings>>): string {
  const parts = Object.entries(types).map(
    ([type, meanings]) => `### ${code(type)} of ${parent}\n\n${reasonTable(meanings)}`,
  );
  return [`## Conditions of ${parent}`, ...parts].join('\n\n');
}

function section(title: string, text: string, meanings: Meanings): string {
  return `## ${title}\n\n${text}\n\n${reasonTable(meanings)}`;
}

function reasonTable(meanings: Meanings): string {
  return table(
    ['reason', 'meaning'],
    Object.entries(meanings).map(([reason, meaning]) => [code(reason), prose(meaning)]),
  );
}
