import { HAS_METACONTROLLER } from '../local-cluster/local-cluster.ts';

/** An address of the playground. */
export interface Address {
  readonly url: string;
  readonly of: string;
}

export interface Guided {
  readonly kubeconfig: string;
  /** The address of the Gateway. */
  readonly gateway: string;
  readonly addresses: readonly Address[];
  /** The address of the AgentGateway, if KrakenD runs. */
  readonly agentGateway: string | undefined;
  readonly hasAgents: boolean;
  readonly hasKubectl: boolean;
}

/** What a user can do now. */
export function guide(guided: Guided): string {
  const { kubeconfig, addresses, hasKubectl } = guided;
  const width = Math.max(...addresses.map(({ url }) => url.length));
  return [
    '',
    ...addresses.map(({ url, of }) => `${url.padEnd(width)}  ${of}`),
    '',
    'In another terminal:',
    '',
    ...indented([`export KUBECONFIG=${kubeconfig}`]),
    ...indented(hasKubectl ? [] : ['# kubectl is not on PATH: https://kubernetes.io/docs/tasks/tools']),
    ...indented(['kubectl get agents.kaos.tools,httproutes,pods --all-namespaces', ...commands(guided)]),
    '',
    ...leftOut(guided),
    '',
    'Ctrl-C stops everything.',
    '',
  ].join('\n');
}

function commands({ gateway, agentGateway, hasAgents }: Guided): readonly string[] {
  const desk = `${gateway}/support/agent/desk`;
  const ofDesk = [
    `curl ${desk}/.well-known/agent-card.json`,
    `curl ${desk}/v1/chat/completions --json '${chat('desk', 'hello')}'`,
    `curl ${desk}/v1/chat/completions --json '${chat('desk', 'call look_up {"number": 7}')}'`,
  ];
  const ofGateway = [
    `curl ${agentGateway}/agents/news/.well-known/agent-card.json`,
    `curl ${agentGateway}/chat/completions --json '${chat('agents/news', 'hello')}'`,
  ];
  return [...(hasAgents ? ofDesk : []), ...(agentGateway === undefined ? [] : ofGateway)];
}

function chat(model: string, content: string): string {
  return JSON.stringify({ model, messages: [{ role: 'user', content }] });
}

function leftOut({ agentGateway, hasAgents }: Guided): readonly string[] {
  return [
    'What differs from a cluster:',
    '- Pods are processes of this machine, each at its own address of the loopback. It has programs for few images.',
    '- No model runs here. A server answers in its place: it repeats what it was asked, or does `call TOOL ARGUMENTS`.',
    ...(HAS_METACONTROLLER
      ? []
      : ['- A small loop plays the part of Metacontroller. With METACONTROLLER=<its program> the real one runs.']),
    ...(hasAgents ? [] : ["- KAOS's agents do not run: they need Python 3.12 or later, on PATH or in AGENT_PYTHON."]),
    ...(agentGateway === undefined
      ? ['- AgentGateways are left out: set KRAKEND to the program and KRAKEND_PLUGINS to the plugins of its image.']
      : []),
  ];
}

function indented(lines: readonly string[]): readonly string[] {
  return lines.map((line) => `  ${line}`);
}
