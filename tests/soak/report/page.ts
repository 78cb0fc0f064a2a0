import type { Minute, Report } from './report.ts';

const ENGINES = {
  metacontroller: 'the real Metacontroller with the real API server, on which KWOK plays the pods',
  'stand-in': 'a stand-in for Metacontroller after its contract, with the cluster in memory',
} as const;

/** The page of the documents: what a run did, and what it found. */
export function page(report: Report): string {
  const { machine, engine, seed, replicas, minutes } = report;
  return `# Soak

<!-- Made by \`npm run soak -- --minutes 60 --output docs\`, and from its figures by \`npm run soak -- --from docs/soak.json --output docs\`. -->

\`npm run soak\` lets a cluster change for a long time while everything around the hooks breaks, and looks for children that are lost or wrong.
This page shows a run of ${minutes} minutes with seed ${seed} and ${replicas} replicas of the service, called by
${ENGINES[engine]}.
It ran with Node ${machine.node.replace('v', '')} on a machine with ${machine.cores} cores that did other work too. So the times below say what such a machine costs, and not
what the service can do: [performance](performance.md) has that.

## What it found

${table(['what', 'figure'], found(report))}

![Memory of each replica, and milliseconds of a call, by the minute](soak.svg)

## What happened

${table(['event', 'times'], Object.entries(report.events))}

- Users create, change and delete KAOS resources, Agents and AgentGateways. Some addresses and timeouts are not valid, agents of several namespaces
  have the same name, and somebody else takes the name of a route.
- *kill* is SIGKILL, *pause* is SIGSTOP and later SIGCONT for up to 15 seconds, and *restart* is SIGTERM. The first replica is never killed, so that
  its memory shows growth. *clock step* sets the clock of a replica wrong by up to 10 minutes.
- *cut body* ends a connection in the middle of a request and *cut answer* in the middle of an answer. *half a body* is a caller that goes away. A
  *stranger* calls without a valid token and must get a 401.
- The certificate and the token are replaced while calls are made. Half of the new tokens come in haste: the service no longer accepts the old one
  before the engine has the new one.
- Most of the calls that the engine makes again are for routes whose name somebody else has: the API server refuses them until the name is free.

## What must hold

A model says what must be there: the HTTPRoute of each resource with its path, backend and timeout, the children of each gateway, and each agent's
address and paths in its configuration. It is written from [the page about controllers](controllers.md) and uses no function of the service.

- **Lost**: a child, or an agent in a configuration, vanishes while it is wanted, even for a moment. Every change in the cluster is watched.
- **Wrong**: a child has a value that was never wanted, or belongs to nobody, or an object of somebody else was changed.
- Every 90 seconds the events pause. Then all must be as the model says, and each resource must have had an answer after its last change.
- The service logs no error of its own.
- The memory of the first replica grows by at most 40 MB, and 0.5 MB for each minute after the first, by the line that fits best.

## By the minute

${table(['minute', 'calls', 'p50, ms', 'p99, ms', 'memory of each replica, MB'], rows(report.perMinute))}

## Make it yourself

\`npm run soak -- --minutes 60\` uses the Metacontroller that \`METACONTROLLER\` names, and \`--stand-in\` does without. \`--seed <number>\` makes other events;
the same seed makes the same ones in the same order. \`--output <folder>\` writes the figures, the picture and this page. CI runs three minutes with the stand-in.
`;
}

type Row = readonly (string | number)[];

function found({ calls, rests, growth, lost, wrong, neverRetried, defects }: Report): readonly Row[] {
  const refused = Object.entries(calls.refused).map(([code, count]) => `${count} with ${code}`);
  return [
    ['children lost', lost.length],
    ['children wrong', wrong.length],
    ['resources without an answer after their last change', neverRetried.length],
    ['errors in the log of the service', defects.length],
    ['calls answered', calls.answered],
    ['calls refused, or without an answer (499)', refused.join(', ') || 0],
    ['calls that the engine made again', calls.retries],
    ['connections without a ready replica', calls.withoutReplica],
    ['requests and answers cut', `${calls.cutBodies} and ${calls.cutAnswers}`],
    ['comparisons of the whole cluster', rests.count],
    ['longest time until the cluster was as it must be, in seconds', rests.longestSeconds],
    ['growth of the first replica after the first minute, in MB', `${growth.grownMb} of ${growth.limitMb}`],
  ];
}

/** Every fifth minute, and the last. */
function rows(perMinute: readonly Minute[]): readonly Row[] {
  const shown = perMinute.filter(({ minute }) => minute % 5 === 0 || minute === perMinute.length);
  return shown.map(({ minute, calls, p50Ms, p99Ms, residentMb }) => [
    minute,
    calls,
    p50Ms,
    p99Ms,
    residentMb.map((mb) => mb ?? 'down').join(', '),
  ]);
}

function table(head: Row, lines: readonly Row[]): string {
  const rule = head.map((_name, index) => (index === 0 ? '---' : '---:'));
  return [head, rule, ...lines].map((row) => `| ${row.join(' | ')} |`).join('\n');
}
