import type { AccessRules } from '../../controllers/access/access-rules.ts';
import { agentGateway } from '../../controllers/agent-gateway/controller.ts';
import { withTemplatesCalled } from '../../controllers/agent-gateway/krakend/endpoint-templates.ts';
import { mapKey } from '../../controllers/reading.ts';
import type { Settings } from '../../controllers/settings.ts';
import { answerSync, type SyncAnswer } from '../../webhooks/answer.ts';
import type { Variables } from '../../webhooks/settings/settings.ts';
import { observedObjects } from '../../webhooks/wire/object-map.ts';
import { testSettings } from './service.ts';

const GROUP = 'runtime.agentic-layer.ai/v1alpha1';
export const OURS = 'runtime.agentic-layer.ai/agent-gateway-krakend-controller';
export const UID = 'uid-of-gw';
export const NOW = '2026-06-01T00:00:00Z';

export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly [field: string]: unknown };
  readonly [field: string]: unknown;
}

export function gateway(spec: object = {}, more: object = {}): KubernetesObject {
  const metadata = { name: 'gw', namespace: 'team', uid: UID, generation: 3, ...more };
  return { apiVersion: GROUP, kind: 'AgentGateway', metadata, spec };
}

export function gatewayClass(name: string, controller: string, isDefault = false): KubernetesObject {
  const annotations = isDefault ? { 'agentgatewayclass.kubernetes.io/is-default-class': 'true' } : {};
  return { apiVersion: GROUP, kind: 'AgentGatewayClass', metadata: { name, annotations }, spec: { controller } };
}

/** An agent, exposed by default, with a URL in the form that the agent runtime writes. */
export function agent(
  id: string,
  changes: { url?: string; exposed?: boolean; metadata?: object } = {},
): KubernetesObject {
  const [namespace = '', name = ''] = id.split('/');
  const url = `http://${name}.${namespace}.svc.cluster.local:8000/.well-known/agent-card.json`;
  return {
    apiVersion: GROUP,
    kind: 'Agent',
    metadata: { name, namespace, creationTimestamp: '2026-01-01T00:00:00Z', ...changes.metadata },
    spec: { exposed: changes.exposed ?? true },
    status: { url: changes.url ?? url },
  };
}

export interface Scene {
  readonly parent?: KubernetesObject;
  readonly related?: readonly KubernetesObject[];
  readonly children?: readonly KubernetesObject[];
  readonly settings?: Variables;
  /** Who may call; everybody, unless the scene says so. */
  readonly rules?: AccessRules;
  readonly now?: string;
}

const DEFAULT_CLASS = gatewayClass('krakend', OURS, true);

/** One sync of a gateway. Our class is the default unless the scene has classes itself. */
export function syncScene(scene: Scene): SyncAnswer {
  return answerSync(agentGateway, snapshotOf(scene), settingsOf(scene));
}

/** The rows that `render` prints for a scene. */
export function rowsOf(scene: Scene): readonly (readonly string[])[] {
  const answer = agentGateway.describe(snapshotOf(scene), settingsOf(scene));
  return answer.outcome === 'described' ? answer.rows : [];
}

function settingsOf({ settings = {}, rules }: Scene): Settings {
  const { controllers } = testSettings(settings);
  return rules === undefined ? controllers : { ...controllers, access: { ...controllers.access, rules } };
}

function snapshotOf({ parent = gateway(), related = [], children = [], now = NOW }: Scene) {
  const hasClass = related.some(({ kind }) => kind === 'AgentGatewayClass');
  return {
    parent,
    children: observedObjects(objectMap(children)),
    related: observedObjects(objectMap(hasClass ? related : [DEFAULT_CLASS, ...related])),
    finalizing: false,
    now,
  };
}

/** The parts of an answered sync; throws if the service does not answer. */
export function sync(scene: Scene) {
  const answer = syncScene(scene);
  if (answer.outcome !== 'answered' || !('attachments' in answer.response)) {
    throw new Error(`expected an answer, not ${JSON.stringify(answer)}`);
  }
  const { attachments, status, resyncAfterSeconds } = answer.response;
  const conditions = ((status?.['conditions'] ?? []) as Condition[]).map(
    (condition) => [condition.type, condition] as const,
  );
  return {
    reply: answer.reply,
    attachments: attachments as readonly KubernetesObject[],
    status,
    resyncAfterSeconds,
    conditions: Object.fromEntries(conditions) as Readonly<Record<string, Condition>>,
    krakendJson: child(attachments, 'ConfigMap')?.['data']?.['krakend.json'] as string,
    deployment: child(attachments, 'Deployment'),
    pod: child(attachments, 'Deployment')?.['spec']?.template,
  };
}

export interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason: string;
  readonly message: string;
  readonly lastTransitionTime: string;
  readonly observedGeneration: number;
}

// biome-ignore lint/suspicious/noExplicitAny: tests look into children freely.
export function child(children: readonly { readonly kind: string }[], kind: string): any {
  return children.find((candidate) => candidate.kind === kind);
}

/** The answered children as Metacontroller would observe them: controlled by the gateway, with the API server's fields. */
export function observed(attachments: readonly KubernetesObject[], status: object = {}): KubernetesObject[] {
  return attachments.map((attachment) => ({
    ...attachment,
    metadata: {
      ...attachment.metadata,
      uid: `uid-of-${attachment.kind}`,
      resourceVersion: '1',
      generation: 1,
      ownerReferences: [{ uid: UID, controller: true }],
      managedFields: [{ manager: 'metacontroller' }],
    },
    ...(attachment.kind === 'Deployment' && { status: { ...ROLLED_OUT, ...status } }),
  }));
}

export const AVAILABLE = [
  { type: 'Available', status: 'True', reason: 'MinimumReplicasAvailable' },
  { type: 'Progressing', status: 'True', reason: 'NewReplicaSetAvailable' },
];
/** The status of a Deployment whose pods all have its present template and are available. */
const ROLLED_OUT = {
  observedGeneration: 1,
  replicas: 1,
  updatedReplicas: 1,
  availableReplicas: 1,
  conditions: AVAILABLE,
};
export const PROGRESSING = [
  { type: 'Available', status: 'True', reason: 'MinimumReplicasAvailable' },
  { type: 'Progressing', status: 'True', reason: 'ReplicaSetUpdated' },
];

export function objectMap(objects: readonly KubernetesObject[]): Record<string, Record<string, KubernetesObject>> {
  const kinds = [...new Set(objects.map(mapKey))];
  return Object.fromEntries(
    kinds.map((kind) => [
      kind,
      Object.fromEntries(objects.filter((object) => mapKey(object) === kind).map((object) => [keyOf(object), object])),
    ]),
  );
}

function keyOf({ metadata }: KubernetesObject): string {
  return metadata.namespace === undefined ? metadata.name : `${metadata.namespace}/${metadata.name}`;
}

/** A `krakend.json` as KrakenD reads it: the JSON once the templates are called, the telemetry block, and the templates. */
export function parts(krakendJson: string) {
  const text = withTemplatesCalled(krakendJson);
  const start = text.indexOf('{{');
  const templates = text.indexOf('{{ define ');
  const end = text.lastIndexOf('{{ end }}') + '{{ end }}'.length;
  return {
    block: text.slice(start, templates),
    templates: text.slice(templates, end),
    config: JSON.parse(text.slice(0, start) + text.slice(end)),
  };
}
