import { randomUUID } from 'node:crypto';
import type { Manifest } from '../../support/helm.ts';
import { tellKaosAgent } from './a2a-client.ts';
import { renderObjects } from './example-routes.ts';
import { IMAGE_FLAGS, ORDERS_IMAGE } from './kaos-images.ts';
import type { Pod } from './pods.ts';

const NAMESPACE = 'support';
const MODEL = { modelAPI: 'provider', model: 'openai/gpt-4o' };

/** A text that Kubernetes could expand, a shell could run and YAML could fold. */
export const DESCRIPTION = '$(AGENT_NAME) costs $$5 and \'"$(date)"\':\n - at night';

/** More resources than in the example's team, with names, texts and variables that the example does not have. */
const MORE: readonly Manifest[] = [
  kaos('MCPServer', 'old-orders', {
    runtime: 'custom',
    container: { image: ORDERS_IMAGE, env: [{ name: 'ORDER_STATE', value: 'archived' }] },
  }),
  kaos('Agent', 'night-desk', {
    ...MODEL,
    mcpServers: ['orders', 'old-orders'],
    agentNetwork: { access: ['desk'] },
    config: { description: DESCRIPTION },
    container: { env: [{ name: 'AGENT_INSTRUCTIONS', value: 'You are $(AGENT_NAME).' }] },
    gatewayRoute: { timeout: '3s' },
  }),
  kaos('Agent', 'auditor', { ...MODEL, agentNetwork: { access: ['night-desk', 'desk'] } }),
];

function kaos(kind: string, name: string, spec: object): Manifest {
  return { apiVersion: 'kaos.tools/v1alpha1', kind, metadata: { name, namespace: NAMESPACE }, spec };
}

/** The Secret to which the example refers. */
export const SECRET = {
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'provider', namespace: NAMESPACE },
  stringData: { 'api-key': `sk-${randomUUID()}` },
};

/** All objects that `render` makes for the team with these flags. */
export function renderTeam(flags: readonly string[]): Promise<readonly Manifest[]> {
  const paths = ['examples/kaos-runtime/team.yaml', '-'];
  const input = MORE.map((manifest) => JSON.stringify(manifest)).join('\n---\n');
  return renderObjects([...IMAGE_FLAGS, '--kaos-runtime', ...flags, ...paths], input);
}

/** Agents, what they are told, and what they answer. */
export const CONVERSATIONS = [
  ['desk', 'ask researcher hello', 'researcher heard hello'],
  ['researcher', 'ask desk ask researcher hello', 'researcher heard hello'],
  ['auditor', 'ask night-desk ask desk hello', 'desk heard hello'],
  ['desk', 'ask auditor hello', 'desk failed: Error: PEER_AGENTS has no auditor, only researcher'],
  ['desk', 'model why', 'gpt-4o, told "Look orders up before you answer.", was asked "why"'],
  ['auditor', 'ask night-desk model why', 'gpt-4o, told "You are night-desk.", was asked "why"'],
  ['researcher', 'ask desk tool orders look_up 7', 'look_up: 7 is sent'],
  ['night-desk', 'tool orders look_up 7', 'look_up: 7 is sent'],
  ['auditor', 'ask night-desk tool old-orders look_up 7', 'look_up: 7 is archived'],
] as const;

/** The Agents and the Services that they call in these conversations, each pair once. */
export const CALLS = [
  ['auditor', 'agent-night-desk'],
  ['desk', 'agent-researcher'],
  ['desk', 'mcpserver-orders'],
  ['desk', 'modelapi-provider'],
  ['night-desk', 'agent-desk'],
  ['night-desk', 'mcpserver-old-orders'],
  ['night-desk', 'mcpserver-orders'],
  ['night-desk', 'modelapi-provider'],
  ['researcher', 'agent-desk'],
] as const;

export function isAgent({ labels }: Pod): boolean {
  return labels['app'] === 'agent';
}

/** The pod of an Agent among these pods. */
export function agentPod(name: string, pods: readonly Pod[]): Pod {
  const found = pods.find((pod) => isAgent(pod) && pod.labels['agent'] === name);
  if (found === undefined) {
    throw new Error(`Agent ${name} is missing among ${pods.filter(isAgent).map(({ labels }) => labels['agent'])}`);
  }
  return found;
}

/** The address of an Agent's pod, for calls without its Service or the Gateway. */
export function podAddress({ ip }: Pod): string {
  return `http://${ip}:8000`;
}

export function tell(name: string, pods: readonly Pod[], text: string): Promise<string> {
  return tellKaosAgent(podAddress(agentPod(name, pods)), text, 'tests');
}

/** Repeats all conversations. */
export async function converse(pods: readonly Pod[]): Promise<void> {
  await Promise.all(CONVERSATIONS.map(([agent, text]) => tell(agent, pods, text)));
}
