import type { Controller } from '../../controllers/contract.ts';
import { published } from '../../controllers/gateway-api/published-gateway.ts';
import type { Gateway } from '../../controllers/kubernetes/kinds/gateway.ts';
import { controllers } from '../../controllers/registry.ts';
import { answerCustomize, answerSync, type SyncAnswer } from '../../webhooks/answer.ts';
import type { Variables } from '../../webhooks/settings/settings.ts';
import { observedObjects } from '../../webhooks/wire/object-map.ts';
import { type Condition, child, type KubernetesObject, objectMap } from './gateways.ts';
import { testSettings } from './service.ts';

const GROUP = 'kaos.tools/v1alpha1';
export const UID = 'uid-of-parent';
const NOW = '2026-06-01T00:00:00Z';

const IMAGES = {
  DEFAULT_AGENT_IMAGE: 'example/agent:1',
  DEFAULT_LITELLM_IMAGE: 'example/litellm:1',
  DEFAULT_OLLAMA_IMAGE: 'example/ollama:1',
  DEFAULT_MEMORY_SERVICE_IMAGE: 'example/memory:1',
};

function resource(kind: string, name: string, spec: object, more: object): KubernetesObject {
  const metadata = { name, namespace: 'team', uid: UID, generation: 3, ...more };
  return { apiVersion: GROUP, kind, metadata, spec };
}

export function agent(spec: object = {}, metadata: object = {}): KubernetesObject {
  return resource('Agent', 'lead', { modelAPI: 'llm', model: 'openai/gpt', ...spec }, metadata);
}

export function modelApi(spec: object = {}, metadata: object = {}): KubernetesObject {
  return resource('ModelAPI', 'llm', { mode: 'Proxy', proxyConfig: { models: ['openai/*'] }, ...spec }, metadata);
}

export function mcpServer(spec: object = {}, metadata: object = {}): KubernetesObject {
  return resource('MCPServer', 'calc', { runtime: 'python-string', params: 'tools', ...spec }, metadata);
}

export function memoryStore(spec: object = {}, metadata: object = {}): KubernetesObject {
  const models = {
    summarization: { modelAPI: 'llm', model: 'openai/gpt' },
    embedding: { modelAPI: 'llm', model: 'openai/embed' },
  };
  return resource('MemoryStore', 'notes', { storage: { type: 'local' }, models, ...spec }, metadata);
}

/** The object as a related one: with its own UID, and ready by default. */
export function ready(object: KubernetesObject, name = object.metadata.name, isReady = true): KubernetesObject {
  return { ...object, metadata: { ...object.metadata, name, uid: `uid-of-${name}` }, status: { ready: isReady } };
}

export const REGISTRY_TEXT = `runtimes:
  python-string:
    type: python
    image: example/python-string:1
    paramsEnvVar: MCP_TOOLS_STRING
  kubernetes:
    image: example/kubernetes:1
    args: ["--port", "8000"]
  slack:
    image: example/slack:1
    command: ["--transport", "http"]
    requiredEnv: [SLACK_BOT_TOKEN]
`;

export function registry(text = REGISTRY_TEXT): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'kaos-mcp-runtimes', namespace: 'kaos-system' },
    data: { 'runtimes.yaml': text },
  };
}

export interface Scene {
  readonly parent: KubernetesObject;
  readonly related?: readonly KubernetesObject[];
  readonly children?: readonly KubernetesObject[];
  readonly settings?: Variables;
  readonly now?: string;
  readonly finalizing?: boolean;
}

const OFF = { GATEWAY_API_ENABLED: 'false' };
export const GATEWAY_ON = { GATEWAY_API_ENABLED: 'true' };

/** A Gateway as the KAOS runtime sees it: the ConfigMap that gateway-address makes. */
export function publishedGateway(gateway: object): KubernetesObject {
  return published(gateway as Gateway) as unknown as KubernetesObject;
}

function settingsOf(variables: Variables) {
  return testSettings({ ...OFF, ...IMAGES, ...variables }).controllers;
}

function controllerOf({ kind }: KubernetesObject): Controller {
  const found = controllers.find(({ name }) => name === `kaos-runtime-${kind.toLowerCase()}`);
  if (found === undefined) {
    throw new Error(`no controller runs ${kind}`);
  }
  return found;
}

export function syncScene({ parent, finalizing = false, ...scene }: Scene): SyncAnswer {
  const { related = [], children = [], settings = {}, now = NOW } = scene;
  const snapshot = {
    parent,
    children: observedObjects(objectMap(children)),
    related: observedObjects(objectMap(related)),
    finalizing,
    now,
  };
  return answerSync(controllerOf(parent), snapshot, settingsOf(settings));
}

/** The parts of an answered sync; throws if the service does not answer. */
export function sync(scene: Scene) {
  const answer = syncScene(scene);
  if (answer.outcome !== 'answered' || !('children' in answer.response)) {
    throw new Error(`expected an answer, not ${JSON.stringify(answer)}`);
  }
  const children = answer.response.children as readonly KubernetesObject[];
  // biome-ignore lint/suspicious/noExplicitAny: tests look into statuses and children freely.
  const status = answer.response.status as any;
  const conditions = (status.conditions as Condition[]).map((condition) => [condition.type, condition] as const);
  const pod = child(children, 'Deployment')?.spec.template.spec;
  return {
    reply: answer.reply,
    children,
    status,
    conditions: Object.fromEntries(conditions) as Readonly<Record<string, Condition>>,
    kinds: children.map(({ kind }) => kind).sort(),
    deployment: child(children, 'Deployment'),
    service: child(children, 'Service'),
    configMap: child(children, 'ConfigMap'),
    pod,
    container: pod?.containers[0],
    env: Object.fromEntries(
      (pod?.containers[0].env ?? []).map((variable: Variable) => [variable.name, variable.value]),
    ),
    names: (pod?.containers[0].env ?? []).map(({ name }: Variable) => name) as readonly string[],
  };
}

interface Variable {
  readonly name: string;
  readonly value?: string;
}

/** The rules in the answer of customize. */
export function related(parent: KubernetesObject, settings: Variables = {}) {
  const answer = answerCustomize(controllerOf(parent), { controller: {}, parent }, settingsOf(settings));
  if (answer.outcome !== 'answered') {
    throw new Error(`expected an answer, not ${JSON.stringify(answer)}`);
  }
  return answer.response.relatedResources;
}

/** The status of a Deployment whose pods are ready. */
export const READY = { observedGeneration: 1, replicas: 1, readyReplicas: 1, availableReplicas: 1, updatedReplicas: 1 };

/** The answered children as Metacontroller would observe them, with the fields that it and the API server add. */
export function observed(children: readonly KubernetesObject[], status: object = READY): KubernetesObject[] {
  return children.map((answered) => ({
    ...answered,
    metadata: {
      ...answered.metadata,
      labels: { ...(answered.metadata['labels'] as object), 'controller-uid': UID },
      uid: `uid-of-${answered.kind}`,
      resourceVersion: '1',
      generation: 1,
      ownerReferences: [{ uid: UID, controller: true }],
      managedFields: [{ manager: 'metacontroller' }],
    },
    ...(answered.kind === 'Deployment' && { spec: { replicas: 1, ...(answered['spec'] as object) }, status }),
  }));
}
