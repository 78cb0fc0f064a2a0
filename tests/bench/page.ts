import type { Report } from './report.ts';
import { tables } from './tables.ts';

/** The page of the documents: what was measured, how, and the tables. */
export function page(report: Report): string {
  const { machine, rounds } = report;
  const groups = tables(report).map(({ title, text }) => `## ${title}\n\n${ABOUT[title] ?? ''}\n\n${text}\n`);
  return `# Performance

<!-- Made by \`npm run bench -- --output docs\`, and from its figures by \`npm run bench -- --from docs/performance.json --output docs\`. -->

Measured by \`npm run bench\` with Node ${machine.node.replace('v', '')} on a machine with ${machine.cores} cores. Each figure is the middle of
${rounds} measurements, with the least and the most after it. The times depend on the machine and on what else it does. The **ratio** does so less:
it is to the *floor*, which was measured in turn with it, in the same run and on the same bytes. 1 would be as good as the floor.

![Milliseconds of one call of a gateway, by the number of agents](performance.svg)

- A name has the controller, the weight and the number of the Agents, and the state. A *lean* Agent has 1.4 KB and a *rich* one 7 KB, with
  \`managedFields\` as Metacontroller sends them.
- *new*: there are no children yet. *unchanged*: the children are those that the answer made. *changed*: the same, and one agent has another
  address. *shuffled*: as unchanged, but with the keys of all objects in another order.
- A gateway's configuration is read back once in a process, as between two rollouts. All else is done for each call:
  [no answer is kept](decisions/0054-no-memo-of-answers.md).
- From some 900 agents on, the configuration is in [settings files](decisions/0058-settings-files.md), so the answer has some 100 bytes for each agent
  and not 1,000.

${groups.join('\n')}
## Make them yourself

\`npm run bench\` prints these tables. \`--only http start\` measures some cases, \`--rounds 9\` measures more often, \`--largest\` adds 50,000
agents, \`--output <folder>\` writes the figures, the picture and this page. \`--against docs/performance.json\` compares the ratios with earlier ones:
spreads that are apart are a difference. No time makes it fail.

\`PEER\` names a program that is measured in turn with the calls in the process. It gets the name of the case as its argument and the body on
standard input, writes an answer to standard output and exits with 0. Its time is that of the whole process, unless it writes its own to standard
error, as \`1234567 ns/op\`.
`;
}

const ABOUT: Readonly<Record<string, string>> = {
  'Calls in the process':
    'From the bytes of the body to the text of the answer, by the functions of the server: parsed, checked against the schema, answered, written. The\nfloor is `JSON.parse` of the body and `JSON.stringify` of the answer. Each case has up to three processes of its own, which share the measurements:\ntwo processes can differ by a fifth.',
  'Calls over HTTP':
    'A process of the service, from the file that the image has, and callers in another one, each of which calls again as soon as it has its\nanswer. The floor is a server of Node that parses the body and writes the same answer. The callers share the cores with both.',
  'From the start to ready':
    'From the start of the process until `/readyz` answers 200, with the file that the image has and without a compile cache. The floor is the\nserver of the calls over HTTP.',
  Memory:
    'The most that a process had during ten calls one after the other, and what it had a second later; a KB is 1000 bytes. V8 has the heap of a pod\nwith 1 GiB. The bound is eight times the body and 100 MB.',
};
