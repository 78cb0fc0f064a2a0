import { selectsLabels } from '../../controllers/kubernetes/objects/label-selector.ts';
import type { LabelSelector } from '../../controllers/label-selector.ts';
import { mapKey } from '../../controllers/reading.ts';
import { SYNC_FORMS } from '../../webhooks/wire/sync-forms.ts';
import { type Api, apply, call, groupPath, pathOf, remove, resourcesOf, type Stored } from '../cluster/support/api.ts';
import { list } from '../cluster/support/objects.ts';
import type { Manifest } from '../support/helm.ts';
import { ownerReference } from '../support/owner.ts';
import { type HookController, hookControllers, type ResourceRule } from './hook-controllers.ts';
import { type Repeated, repeat } from './repeat.ts';
import type { Services } from './services.ts';

/** What a rule of the customize hook selects. */
interface RelatedRule extends ResourceRule {
  readonly namespace?: string;
  readonly names?: readonly string[];
  readonly labelSelector?: LabelSelector;
}

interface Answer {
  readonly attachments?: readonly Manifest[];
  readonly children?: readonly Manifest[];
  readonly status?: object | null;
  readonly resyncAfterSeconds?: number;
}

interface Surroundings {
  readonly services: Services;
  readonly say: (line: string) => void;
}

/** The last call about a parent, so that a call that would be the same is not made again. */
interface Past {
  readonly body: string;
  readonly resyncAt: number;
}

type ObjectMap = Readonly<Record<string, Readonly<Record<string, Stored>>>>;

/**
 * Calls the hooks and writes what they answer, in place of Metacontroller: of its behaviour, it has the parts that a small
 * cluster needs. It looks at everything twice a second, and calls a hook only if what it would send has changed.
 */
export function startEngineStandIn(api: Api, surroundings: Surroundings): Repeated {
  const past = new Map<string, Past>();
  const step = async () => {
    // Before the chart is installed, its service account may not look.
    for (const controller of await hookControllers(api).catch(() => [])) {
      for (const rule of controller.parents) {
        for (const parent of await list(api, rule.apiVersion, rule.resource).catch(() => [])) {
          await tend({ api, past, ...surroundings }, controller, parent).catch((error) =>
            surroundings.say(`${controller.name} of ${parent.metadata.namespace}/${parent.metadata.name}: ${error}`),
          );
        }
      }
    }
  };
  return repeat(step, (error) => surroundings.say(`the stand-in for Metacontroller: ${error}`), 500);
}

interface Engine extends Surroundings {
  readonly api: Api;
  readonly past: Map<string, Past>;
}

async function tend(engine: Engine, controller: HookController, parent: Stored): Promise<void> {
  if ('deletionTimestamp' in parent.metadata) {
    return;
  }
  const { type, object } = controller;
  const { parentField, childrenField } = SYNC_FORMS[type];
  const children = await childrenOf(engine.api, controller, parent);
  const related = await relatedOf(engine.api, await rulesOf(engine, controller, parent));
  const request = { controller: object, [parentField]: parent, [childrenField]: children, related, finalizing: false };
  const key = `${controller.name} ${parent.metadata.uid}`;
  const body = JSON.stringify(request);
  const before = engine.past.get(key);
  if (before?.body === body && before.resyncAt > Date.now()) {
    return;
  }
  const answer = (await post(engine, controller.syncUrl, request)) as Answer;
  await carryOut(engine.api, controller, { parent, children, answer });
  const { resyncAfterSeconds = Number.POSITIVE_INFINITY } = answer;
  engine.past.set(key, { body, resyncAt: Date.now() + resyncAfterSeconds * 1000 });
}

async function rulesOf(
  engine: Engine,
  { customizeUrl, object }: HookController,
  parent: Stored,
): Promise<readonly RelatedRule[]> {
  if (customizeUrl === undefined) {
    return [];
  }
  const answer = await post(engine, customizeUrl, { controller: object, parent });
  return (answer as { readonly relatedResources: readonly RelatedRule[] }).relatedResources;
}

async function post({ services }: Engine, url: string, body: object): Promise<unknown> {
  const { host, pathname, search } = new URL(url);
  const address = services.get(host);
  if (address === undefined) {
    throw new Error(`no pod is ready for ${host}`);
  }
  const headers = { 'content-type': 'application/json' };
  const to = `http://${address.host}:${address.port}${pathname}${search}`;
  const response = await fetch(to, { method: 'POST', headers, body: JSON.stringify(body) });
  if (response.status !== 200) {
    throw new Error(`${url} answers ${response.status}: ${await response.text()}`);
  }
  return response.json();
}

/** The objects of the declared kinds whose controller is this parent. */
async function childrenOf(api: Api, { children }: HookController, { metadata }: Stored): Promise<ObjectMap> {
  const isChild = ({ metadata: { ownerReferences = [] } }: Owned) =>
    ownerReferences.some(({ uid, controller }) => controller === true && uid === metadata.uid);
  const groups = children.map(async (rule) => {
    const objects = await inNamespace(api, rule, metadata.namespace);
    return [await keyOf(api, rule), byName(objects.filter((object) => isChild(object as Owned)))] as const;
  });
  return Object.fromEntries(await Promise.all(groups));
}

interface Owned extends Manifest {
  readonly metadata: Manifest['metadata'] & {
    readonly ownerReferences?: readonly { readonly uid: string; readonly controller?: boolean }[];
  };
}

async function relatedOf(api: Api, rules: readonly RelatedRule[]): Promise<ObjectMap> {
  const map: Record<string, Record<string, Stored>> = {};
  for (const rule of rules) {
    const key = await keyOf(api, rule);
    const objects = (await inNamespace(api, rule, rule.namespace)).filter((object) => isSelected(rule, object));
    map[key] = { ...map[key], ...byName(objects) };
  }
  return map;
}

function isSelected({ names, labelSelector }: RelatedRule, { metadata }: Stored): boolean {
  const { labels = {} } = metadata as { readonly labels?: Readonly<Record<string, string>> };
  return (
    (names?.includes(metadata.name) ?? true) && (labelSelector === undefined || selectsLabels(labelSelector, labels))
  );
}

function inNamespace(
  api: Api,
  { apiVersion, resource }: ResourceRule,
  namespace: string | undefined,
): Promise<Stored[]> {
  return list(api, apiVersion, namespace === undefined ? resource : `namespaces/${namespace}/${resource}`);
}

/** The key of a kind in Metacontroller's maps. */
async function keyOf(api: Api, { apiVersion, resource }: ResourceRule): Promise<string> {
  const found = (await resourcesOf(api, groupPath(apiVersion))).find(({ name }) => name === resource);
  return mapKey({ apiVersion, kind: found?.kind ?? resource });
}

function byName(objects: readonly Stored[]): Readonly<Record<string, Stored>> {
  const nameOf = ({ namespace, name }: Stored['metadata']) => (namespace === undefined ? name : `${namespace}/${name}`);
  return Object.fromEntries(objects.map((object) => [nameOf(object.metadata), object]));
}

interface Outcome {
  readonly parent: Stored;
  readonly children: ObjectMap;
  readonly answer: Answer;
}

/** Applies the children, deletes those that are no longer wanted, and writes the status of the parent. */
async function carryOut(
  api: Api,
  { type, name }: HookController,
  { parent, children, answer }: Outcome,
): Promise<void> {
  const { namespace } = parent.metadata;
  const desired = (answer.attachments ?? answer.children ?? []).map((child) => ownedBy(parent, child, { type, name }));
  for (const child of desired) {
    const applied = await apply(api, child);
    if (applied.outcome === 'refused') {
      throw new Error(`${child.kind} ${namespace}/${child.metadata.name}: ${applied.message}`);
    }
  }
  const identity = ({ apiVersion, kind, metadata }: Manifest) => `${apiVersion} ${kind} ${metadata.name}`;
  const wanted = new Set(desired.map(identity));
  const existing = Object.values(children).flatMap((group) => Object.values(group));
  await Promise.all(existing.filter((child) => !wanted.has(identity(child))).map((child) => remove(api, child)));
  if (answer.status) {
    const own = type === 'composite' ? { observedGeneration: parent.metadata.generation } : {};
    const body = { ...parent, status: { ...answer.status, ...own } };
    await call(api, 'PUT', `${await pathOf(api, parent)}/status?fieldManager=metacontroller`, { body });
  }
}

/** A child with the marks by which Metacontroller recognises it. */
function ownedBy(parent: Stored, child: Manifest, { type, name }: Pick<HookController, 'type' | 'name'>): Manifest {
  const { metadata } = parent;
  const { labels = {}, annotations = {} } = child.metadata as Marked;
  const marks =
    type === 'composite'
      ? { labels: { ...labels, 'controller-uid': metadata.uid } }
      : { annotations: { ...annotations, 'metacontroller.k8s.io/decorator-controller': name } };
  const own = { namespace: metadata.namespace, ownerReferences: [ownerReference(parent)], ...marks };
  return { ...child, metadata: { ...child.metadata, ...own } as Manifest['metadata'] };
}

interface Marked {
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}
