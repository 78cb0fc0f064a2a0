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
  ['quantities in another form in container', lead({ container: { resources: written } })],
  ['quantities in another form in podSpec', inAgent({ resources: written })],
  [
    'values that the API server drops',
    lead({ podSpec: { hostNetwork: false, hostname: '', nodeSelector: {}, hostUsers: true } }),
  ],
  ['zeros that are dropped', inAgent({ tty: false, workingDir: '', readinessProbe: { initialDelaySeconds: 0 } })],
  ['a node selector with the key labels', lead({ podSpec: { nodeSelector: { labels: '', annotations: 'x' } } })],
  ['a service account in the old field', lead({ podSpec: { serviceAccount: 'writer' } })],
  ['a mount of a missing volume', inAgent({ volumeMounts: [{ name: 'ghost', mountPath: '/x' }] })],
  ['an init container of the same name', lead({ podSpec: { initContainers: [{ name: 'agent', image: 'x' }] } })],
  ['resources above their limits', lead({ container: { resources: { limits: { cpu: 1 }, requests: { cpu: 2 } } } })],
  ['a missing resource claim', lead({ container: { resources: { claims: [{ name: 'x' }] } } })],
  ['a nameless reference', lead({ container: { env: [{ name: 'A', valueFrom: { secretKeyRef: { key: 'k' } } }] } })],
  ['its own OLLAMA_PULL_MODEL', hosted({ container: { env: [{ name: 'OLLAMA_PULL_MODEL', value: 'x' }] } })],
  ['quantities in another form beside the pull of a model', hosted({ container: { resources: written } })],
  [
    'a container with the name of the one that pulls',
    hosted({ podSpec: { containers: [{ name: 'pull-model', image: 'x' }] } }),
  ],
  ['an empty key', keyed({ secretKeyRef: { name: 's', key: '' } })],
  ['a key in a ConfigMap with an invalid name', keyed({ configMapKeyRef: { name: 'C_', key: 'k' } })],
  [
    'a service account with an invalid name',
    { parent: mcpServer({ podSpec: { serviceAccountName: 'Bad Name' } }), related: [registry()] },
  ],
];

/** The answers for KAOS resources with users' overrides, some of which are refused. */
export function overrideAnswers(): Answered[] {
  return SCENES.map(([name, scene]) => ({
    name: `${scene.parent.kind} with ${name}`,
    children: sync(scene).children as readonly Manifest[],
  }));
}
