import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { expanded } from '../support/expanded.ts';
import type { Manifest } from '../support/helm.ts';
import { exampleAnswer, fixtureAnswers } from './support/answers.ts';
import { chartRuntimes } from './support/chart-objects.ts';
import { environmentOf } from './support/container-environment.ts';
import { renderObjects } from './support/example-routes.ts';
import { type Pod, podsOf } from './support/pods.ts';
import { runPythonString, type ToolCall } from './support/python-string.ts';

const ADDED: ToolCall = ['add', { a: 2, b: 3 }];
const ALIVE = { liveness: true, readiness: true };

/** Code that would change if Kubernetes, YAML or a shell interpreted a part of it. */
const HOSTILE = `# "'\`$HOME\` \${HOME} $(HOME) $$(HOME) $$ $$$ $( $(LOG_LEVEL) $(MCP_TOOLS_STRING) $(OTEL_SERVICE_NAME)
# - a: *b &c !d | > {e: [f]} {{ g }} % @ # --- ... \\n \\ ; && || < > * ? ~
# ünïcödé 🦜 \u2028 \u0085 \ufeff \u200b \t\x7f\x1b[0m

def quoted() -> str:
    """It's "quoted"."""
    return 'a\\'b' + "\\"c\\\\" + """d
e\t$(HOME)$$"""


def source() -> str:
    import os

    return os.environ["MCP_TOOLS_STRING"]


async def greeted(name: str = "Zoë") -> str:
    return f"¡{name}! {{}} \\N{PARROT} %s"
   \t
`;

function stringPods(children: readonly Manifest[]): Pod[] {
  const servers = podsOf(children).filter(({ labels }) => 'mcpserver' in labels);
  return servers.filter(({ container }) => container.env.some(({ name }) => name === 'MCP_TOOLS_STRING'));
}

/** The pod of an MCPServer with the runtimes of the chart. */
async function podFor(spec: object): Promise<Pod> {
  const metadata = { name: 'tools', namespace: 'team' };
  const server = { apiVersion: 'kaos.tools/v1alpha1', kind: 'MCPServer', metadata, spec };
  const input = [chartRuntimes(), server].map((object) => stringify(object)).join('---\n');
  const [pod, ...others] = stringPods(await renderObjects(['--kaos-runtime', '-'], input));
  if (pod === undefined || others.length > 0) {
    throw new Error(`expected one pod, not ${others.length}`);
  }
  return pod;
}

const RUNTIME = { runtime: 'python-string' };
const FIXTURES = fixtureAnswers().flatMap(({ name, children }) => stringPods(children).map((pod) => ({ name, pod })));
const [EXAMPLE] = stringPods((await exampleAnswer('examples/kaos-runtime/mcp-runtimes.yaml')).children);

/** One pod for each combination of environment and probe. The example must be among them. */
const PODS = new Map(
  [{ name: 'the example', pod: EXAMPLE }, ...FIXTURES].map((each) => [
    JSON.stringify([each.pod?.container.env, each.pod?.container.livenessProbe]),
    each,
  ]),
);

describe('a server of the runtime python-string', () => {
  it.each([...PODS.values()])(
    'offers the tools in its params, in $name',
    async ({ name, pod }) => {
      const { probes, tools, answers } = await runPythonString(pod as Pod, [ADDED]);
      expect({ tools, answers }).toEqual({ tools: ['add'], answers: [5] });
      // In this fixture the user replaced the probe by one that this server does not answer.
      expect(probes).toEqual({ ...ALIVE, liveness: !name.includes('probe-replaced') });
    },
    120_000,
  );

  it('runs the code in its params byte for byte', async () => {
    const pod = await podFor({ ...RUNTIME, params: HOSTILE, telemetry: { enabled: true } });
    const calls: ToolCall[] = [
      ['quoted', {}],
      ['source', {}],
      ['greeted', {}],
      ['greeted', { name: '"$(HOME)"' }],
    ];
    expect(await runPythonString(pod, calls)).toEqual({
      probes: ALIVE,
      tools: ['greeted', 'quoted', 'source'],
      answers: ['a\'b"c\\d\ne\t$(HOME)$$', HOSTILE, '¡Zoë! {} 🦜 %s', '¡"$(HOME)"! {} 🦜 %s'],
    });
  }, 120_000);

  it('starts without params, and offers no tools', async () => {
    const params = { name: 'MCP_TOOLS_STRING', value: '' };
    const pod = await podFor({ ...RUNTIME, container: { env: [params] } });
    expect(await runPythonString(pod, [])).toEqual({ probes: ALIVE, tools: [], answers: [] });
  }, 120_000);
});

describe('variables of a container', () => {
  it.each([
    ['$(A)', 'a'],
    ['$$(A)', '$(A)'],
    ['$$$(A)', '$a'],
    ['$(B)', '$(B)'],
    ['$(constructor)', '$(constructor)'],
    ['$A $ $', '$A $ $'],
    ['$(A', '$(A'],
    ['$$', '$'],
  ])('expand %j as a kubelet does: %j', (text, expected) => {
    expect(expanded(text, { A: 'a' })).toBe(expected);
  });

  it('can refer only to variables before them', () => {
    const env = [
      { name: 'X', value: '$(Y)' },
      { name: 'Y', value: '$(X)!' },
    ];
    expect(environmentOf(env, [])).toEqual({ X: '$(Y)', Y: '$(Y)!' });
  });
});
