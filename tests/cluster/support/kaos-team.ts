import { randomUUID } from 'node:crypto';
import type { Manifest } from '../../support/helm.ts';
import { chat } from './agent-calls.ts';
import { renderObjects } from './example-routes.ts';
import { IMAGE_FLAGS, ORDERS_IMAGE } from './kaos-images.ts';
import type { Pod } from './pods.ts';

export const NAMESPACE = 'support';
const MODEL = { modelAPI: 'provider', model: 'openai/gpt-4o' };

/** A text that Kubernetes could expand, a shell could run and YAML could fold. */
export const DESCRIPTION = '$(AGENT_NAME) costs $$5 and \'"$(date)"\':\n - at night';

/** A call of a tool as an answer of a scripted model. */
const SCRIPTED_CALL = JSON.stringify({ tool_calls: [{ id: 'one', name: 'look_up', arguments: { number: 7 } }] });

/** More resources than in the example's team, with names, texts and variables that the example does not have. */
const MORE: readonly Manifest[] = [
  kaos('MCPServer', 'old-orders', {
    runtime: 'custom',
    container: { image: ORDERS_IMAGE, env: [{ name: 'ORDER_STATE', value: 'archived' }] },
  }),
  kaos('Agent', 'night-desk', {
    ...MODEL,
    // KAOS's runtime refuses two servers with a tool of the same name.
    mcpServers: ['old-orders'],
    agentNetwork: { access: ['desk'] },
    config: { description: DESCRIPTION },
    container: { env: [{ name: 'AGENT_INSTRUCTIONS', value: 'You are $(AGENT_NAME).' }] },
    gatewayRoute: { timeout: '3s' },
  }),
  kaos('Agent', 'auditor', { ...MODEL, agentNetwork: { access: ['night-desk', 'desk'] } }),
  kaos('Agent', 'watcher', {
    ...MODEL,
    config: { autonomous: { goal: 'Count the orders.', intervalSeconds: 5, maxIterRuntimeSeconds: 5 } },
  }),
  // Small enough that one long message makes the store extract what the messages before it say.
  kaos('MemoryStore', 'shelves', {
    storage: { type: 'local' },
    models: { summarization: MODEL, embedding: MODEL },
    shortTerm: { tokenBudget: 300 },
  }),
  kaos('Agent', 'librarian', {
    ...MODEL,
    config: { memory: { memoryStore: 'shelves', tools: 'all', failureMode: 'strict' } },
  }),
  kaos('Agent', 'mimic', {
    ...MODEL,
    mcpServers: ['orders'],
    container: { env: [{ name: 'DEBUG_MOCK_RESPONSES', value: JSON.stringify([SCRIPTED_CALL, 'looked up']) }] },
  }),
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

/** The path of an agent's card below its address in KAOS 0.8. */
export const CARD_PATH = '/.well-known/agent.json';

/** The words with which a message makes the model use a peer or a tool. */
function ask(peer: string, task: string): string {
  return `call delegate_to_${peer} ${JSON.stringify({ task })}`;
}

const LOOK_UP = 'call look_up {"number": 7}';
const HEARD = 'gpt-4o, told "You are a helpful assistant.", was asked "hello"';
const DESK_HEARD = 'gpt-4o, told "Look orders up before you answer.", was asked "hello"';

/** Agents, what they are told, and what they answer. */
export const CONVERSATIONS: readonly (readonly [string, string, string])[] = [
  ['desk', 'hello', DESK_HEARD],
  ['night-desk', 'hello', 'gpt-4o, told "You are night-desk.", was asked "hello"'],
  ['desk', ask('researcher', 'hello'), HEARD],
  ['researcher', ask('desk', ask('researcher', 'hello')), HEARD],
  ['auditor', ask('night-desk', ask('desk', 'hello')), DESK_HEARD],
  ['researcher', ask('desk', LOOK_UP), '7 is sent'],
  ['auditor', ask('desk', LOOK_UP), '7 is sent'],
  ['auditor', ask('night-desk', LOOK_UP), '7 is archived'],
  ['mimic', 'hello', 'looked up'],
];

/** Makes the librarian search its memory. */
export const SEARCH = 'call search_memory {"query": "key shelf", "level": "agent"}';

/** The Services that these conversations and the search use, with their ports. */
export const CALLED: readonly (readonly [string, number])[] = [
  ['agent-desk', 8000],
  ['agent-night-desk', 8000],
  ['agent-researcher', 8000],
  ['mcpserver-old-orders', 8000],
  ['mcpserver-orders', 8000],
  ['memorystore-shelves', 8080],
  ['modelapi-provider', 8000],
];

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

/** The address of a pod, for calls without its Service or the Gateway. */
export function podAddress({ ip, container }: Pod): string {
  return `http://${ip}:${container.ports[0]?.containerPort}`;
}

/** Says something to an Agent over OpenAI's API, and returns its answer. */
export function tell(name: string, pods: readonly Pod[], text: string, session?: string): Promise<string> {
  return chat(podAddress(agentPod(name, pods)), text, session);
}

/** Repeats all conversations, and searches the memory. */
export async function converse(pods: readonly Pod[]): Promise<void> {
  for (const [agent, text] of [...CONVERSATIONS, ['librarian', SEARCH] as const]) {
    await tell(agent, pods, text);
  }
}
