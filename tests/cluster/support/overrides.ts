import { refusedOverrides } from '../../controllers/kubernetes/pod-spec/refused-overrides.ts';
import type { Manifest } from '../../support/helm.ts';
import { agent, mcpServer, modelApi, ready, registry, type Scene, sync } from '../../support/kaos.ts';
import type { Answered } from './answers.ts';

const LLM = ready(modelApi());
const written = { limits: { cpu: '1000m', memory: '1024Mi' }, requests: { cpu: 1, memory: '0.5Gi' } };

const lead = (spec: object): Scene => ({ parent: agent(spec), related: [LLM] });
const inAgent = (fields: object) => lead({ podSpec: { containers: [{ name: 'agent', ...fields }] } });
const hosted = (spec: object): Scene => ({
  parent: modelApi({ mode: 'Hosted', hostedConfig: { model: 'm' }, proxyConfig: undefined, ...spec }),
});
const keyed = (valueFrom: object): Scene => ({
  parent: modelApi({ proxyConfig: { models: ['*'], apiKey: { valueFrom } } }),
});

const SCENES: readonly (readonly [name: string, scene: Scene])[] = [
  ...refusedOverrides.map(({ name, override }) => [name, lead({ podSpec: override })] as const),
  ['quantities of its own in container', lead({ container: { resources: written } })],
  ['quantities of its own in podSpec', inAgent({ resources: written })],
  [
    'what the API server drops',
    lead({ podSpec: { hostNetwork: false, hostname: '', nodeSelector: {}, hostUsers: true } }),
  ],
  ['zeros that it drops', inAgent({ tty: false, workingDir: '', readinessProbe: { initialDelaySeconds: 0 } })],
  ['a label called labels', lead({ podSpec: { nodeSelector: { labels: '', annotations: 'x' } } })],
  ['an account by its old name', lead({ podSpec: { serviceAccount: 'writer' } })],
  ['a mount of nothing', inAgent({ volumeMounts: [{ name: 'ghost', mountPath: '/x' }] })],
  ['an init container with its name', lead({ podSpec: { initContainers: [{ name: 'agent', image: 'x' }] } })],
  ['resources above their limits', lead({ container: { resources: { limits: { cpu: 1 }, requests: { cpu: 2 } } } })],
  ['a claim of nothing', lead({ container: { resources: { claims: [{ name: 'x' }] } } })],
  ['variables of no kind', lead({ container: { env: [{ name: 'A', valueFrom: { secretKeyRef: { key: 'k' } } }] } })],
  ['a model pulled under its own name', hosted({ container: { env: [{ name: 'OLLAMA_PULL_MODEL', value: 'x' }] } })],
  ['quantities where a model is pulled', hosted({ container: { resources: written } })],
  [
    'a container called like the one that pulls',
    hosted({ podSpec: { containers: [{ name: 'pull-model', image: 'x' }] } }),
  ],
  ['an empty key', keyed({ secretKeyRef: { name: 's', key: '' } })],
  ['a key in nothing', keyed({ configMapKeyRef: { name: 'C_', key: 'k' } })],
  [
    'an account that cannot be there',
    { parent: mcpServer({ podSpec: { serviceAccountName: 'Bad Name' } }), related: [registry()] },
  ],
];

/** The answers of KAOS resources with overrides of their users, of which some cannot be taken. */
export function overrideAnswers(): Answered[] {
  return SCENES.map(([name, scene]) => ({
    name: `${scene.parent.kind} with ${name}`,
    children: sync(scene).children as readonly Manifest[],
  }));
}
