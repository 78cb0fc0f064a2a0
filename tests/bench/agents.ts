import { agent, type KubernetesObject } from '../support/gateways.ts';
import { managedBy } from './managed-fields.ts';
import { oneOf, randomFrom } from './random.ts';

/** `lean` has the few fields that the runtime needs; `rich` has instructions, variables, tools and conditions. */
export const WEIGHTS = ['lean', 'rich'] as const;
export type Weight = (typeof WEIGHTS)[number];

const SEED = 19;
const AGENTS_OF_A_NAMESPACE = 20;
const JOBS = ['billing', 'news', 'onboarding', 'research', 'search', 'support', 'translation', 'weather'] as const;
const TIME = '2026-01-01T00:00:00Z';
const WORDS = [
  'answer',
  'briefly',
  'cite',
  'every',
  'figure',
  'in',
  'plain',
  'sources',
  'the',
  'with',
  'words',
] as const;

/** Agents as Metacontroller sends them, 1.4 KB each if they are lean and 7 KB if they are rich. The same call gives the same ones. */
export function agents(count: number, weight: Weight): readonly KubernetesObject[] {
  const random = randomFrom(SEED);
  return Array.from({ length: count }, (_, index) => oneAgent(index, weight, random));
}

function oneAgent(index: number, weight: Weight, random: () => number): KubernetesObject {
  const namespace = `team-${padded(Math.floor(index / AGENTS_OF_A_NAMESPACE), 4)}`;
  const name = `${oneOf(JOBS, random)}-${padded(index, 5)}`;
  const exposed = agent(`${namespace}/${name}`);
  const lean = { exposed: true, framework: 'google-adk', image: `registry.example/${name}:1.0.${index % 10}` };
  const spec = weight === 'lean' ? lean : { ...lean, ...richSpec(name, random) };
  const status = { ...(exposed['status'] as object), ...(weight === 'rich' && { conditions: conditions() }) };
  const applied = JSON.stringify({
    apiVersion: exposed.apiVersion,
    kind: 'Agent',
    metadata: { name, namespace },
    spec,
  });
  const labels = { 'app.kubernetes.io/name': name, 'app.kubernetes.io/part-of': namespace };
  const annotations = { 'kubectl.kubernetes.io/last-applied-configuration': `${applied}\n` };
  const managedFields = [
    managedBy('kubectl-client-side-apply', TIME, { metadata: { annotations, labels }, spec }),
    { ...managedBy('agent-runtime-operator', TIME, { status }), subresource: 'status' },
  ];
  const identity = { generation: 1, resourceVersion: `${1_000_000 + index}`, uid: uid(random) };
  return {
    ...exposed,
    metadata: { ...exposed.metadata, annotations, creationTimestamp: TIME, labels, managedFields, ...identity },
    spec,
    status,
  };
}

function richSpec(name: string, random: () => number): object {
  return {
    description: sentence(20, random),
    env: Array.from({ length: 12 }, (_, index) => ({ name: `OPTION_${index}`, value: uid(random) })),
    envFrom: [{ secretRef: { name: `${name}-keys` } }],
    instruction: sentence(150, random),
    model: 'openai/gpt-5',
    protocols: [{ name: 'a2a', port: 8000, type: 'A2A' }],
    replicas: 2,
    resources: { limits: { cpu: '500m', memory: '512Mi' }, requests: { cpu: '100m', memory: '128Mi' } },
    subAgents: [0, 1, 2].map((index) => ({ agentRef: { name: `helper-${index}` }, interactionType: 'tool_call' })),
    tools: [0, 1, 2].map((index) => ({ name: `tool-${index}`, toolServerRef: { name: `server-${index}` } })),
  };
}

function conditions(): readonly object[] {
  return ['Accepted', 'Ready', 'ResolvedRefs'].map((type) => ({
    lastTransitionTime: TIME,
    message: `The agent is ${type}`,
    observedGeneration: 1,
    reason: type,
    status: 'True',
    type,
  }));
}

function sentence(words: number, random: () => number): string {
  return Array.from({ length: words }, () => oneOf(WORDS, random)).join(' ');
}

function uid(random: () => number): string {
  const digits = (count: number) =>
    Array.from({ length: count }, () => Math.floor(random() * 16).toString(16)).join('');
  return [8, 4, 4, 4, 12].map(digits).join('-');
}

function padded(index: number, digits: number): string {
  return `${index}`.padStart(digits, '0');
}
