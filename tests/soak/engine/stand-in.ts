import { mapKey } from '../../../controllers/reading.ts';
import type { Manifest } from '../../support/helm.ts';
import { ownerReference } from '../../support/owner.ts';
import {
  CONTROLLERS,
  controllerObject,
  isSelected,
  type Kind,
  kindOfRule,
  type RelatedRule,
  type SoakController,
} from './controllers.ts';
import type { HookClient } from './hook-client.ts';
import type { Kept, MemoryStore, StoreChange } from './memory-store.ts';
import { type Ended, type WorkQueue, workQueue } from './work-queue.ts';

interface Parts {
  readonly store: MemoryStore;
  readonly hooks: HookClient;
}

interface SyncAnswer {
  readonly attachments: readonly Manifest[];
  readonly status?: object | null;
  readonly resyncAfterSeconds?: number;
}

const TIMEOUT_MS = { customize: 2000, sync: 10_000 };
const RULES_LAST_MS = 20 * 60_000;
const DECORATOR = 'metacontroller.k8s.io/decorator-controller';

/** Metacontroller's part of the contract, for decorators with hooks of version 2 and server-side apply, on a store in memory. */
export function startStandIn(parts: Parts): readonly WorkQueue[] {
  return CONTROLLERS.map((controller) => startController(controller, parts));
}

/** What a hook has asked for, for one generation of a parent. */
interface Remembered {
  readonly generation: number | undefined;
  readonly until: number;
  readonly rules: readonly RelatedRule[];
}

interface Running extends Parts {
  readonly controller: SoakController;
  readonly remembered: Map<string, Remembered>;
}

function startController(controller: SoakController, parts: Parts): WorkQueue {
  const running: Running = { ...parts, controller, remembered: new Map() };
  const parents = new Map<string, Kept>();
  const queue = workQueue((key) => sync(running, parents.get(key)));
  const add = (parent: Kept) => {
    const key = `${parent.kind} ${nameOf(parent)}`;
    parents.set(key, parent);
    queue.add(key);
  };
  parts.store.subscribe((change) => {
    if (isOneOf(controller.parents, change.object) && isNews(controller, change)) {
      add(change.object);
    }
    for (const parent of parentsOf(running)) {
      void isTouched(running, parent, change.object).then((is) => is && add(parent));
    }
  });
  return queue;
}

/** Whether an object is a child of a parent, or one that it asked for. A customize call that fails here is skipped: only the sync asks again. */
async function isTouched(running: Running, parent: Kept, object: Kept): Promise<boolean> {
  if (isOneOf(running.controller.children, object) && isControlled(object, parent)) {
    return true;
  }
  const rules = await rulesOf(running, parent).catch(() => []);
  return rules.some((rule) => isSelected(rule, object));
}

function parentsOf({ controller, store }: Running): readonly Kept[] {
  return controller.parents.flatMap(({ apiVersion, kind }) => store.list(apiVersion, kind));
}

function isOneOf(kinds: readonly Kind[], object: Kind): boolean {
  return kinds.some(({ apiVersion, kind }) => object.apiVersion === apiVersion && object.kind === kind);
}

function isNews({ seesStatus }: SoakController, { object, before }: StoreChange): boolean {
  return seesStatus || before?.metadata.generation !== object.metadata.generation;
}

function isControlled({ metadata }: Kept, parent: Kept): boolean {
  return metadata.ownerReferences?.some(({ uid }) => uid === parent.metadata.uid) ?? false;
}

async function rulesOf(running: Running, parent: Kept): Promise<readonly RelatedRule[]> {
  const { controller, hooks, remembered } = running;
  const { uid, generation } = parent.metadata;
  const known = remembered.get(uid);
  if (!controller.hasCustomize || (known && known.generation === generation && known.until > performance.now())) {
    return known?.rules ?? [];
  }
  const body = { controller: controllerObject(controller), parent };
  const answer = await hooks.call(`/${controller.name}/customize`, body, TIMEOUT_MS.customize);
  if (answer.outcome === 'refused') {
    throw new Error(`${controller.name}: customize answers 429`);
  }
  const { relatedResources: rules } = answer.body as { readonly relatedResources: readonly RelatedRule[] };
  remembered.set(uid, { generation, until: performance.now() + RULES_LAST_MS, rules });
  return rules;
}

async function sync(running: Running, known: Kept | undefined): Promise<Ended> {
  const { controller, store, hooks } = running;
  const parent = known && store.read(known);
  if (parent === undefined) {
    return {};
  }
  const children = controller.children.flatMap(({ apiVersion, kind }) =>
    store.list(apiVersion, kind).filter((object) => isControlled(object, parent)),
  );
  const rules = await rulesOf(running, parent);
  const related = rules.map((rule) => {
    const kind = kindOfRule(rule);
    return [kind, store.list(kind.apiVersion, kind.kind).filter((object) => isSelected(rule, object))] as const;
  });
  const body = {
    controller: controllerObject(controller),
    object: parent,
    attachments: objectMap(
      controller.children.map((kind) => [kind, children.filter((child) => isOneOf([kind], child))]),
    ),
    related: objectMap(related),
    finalizing: false,
  };
  const answer = await hooks.call(`/${controller.name}/sync`, body, TIMEOUT_MS.sync);
  if (answer.outcome === 'refused') {
    return { again: answer.retryAfterSeconds * 1000 || 0 };
  }
  const { resyncAfterSeconds } = answer.body as SyncAnswer;
  carryOut(running, { parent, children, answer: answer.body as SyncAnswer });
  return resyncAfterSeconds === undefined ? {} : { again: resyncAfterSeconds * 1000 };
}

/** Objects in Metacontroller's form. Rules for one kind share a map. */
function objectMap(groups: readonly (readonly [Kind, readonly Kept[]])[]): object {
  const map: Record<string, Record<string, Kept>> = {};
  for (const [kind, objects] of groups) {
    const named = objects.map((object) => [nameOf(object), object] as const);
    map[mapKey(kind)] = { ...map[mapKey(kind)], ...Object.fromEntries(named) };
  }
  return map;
}

function nameOf({ metadata }: Kept): string {
  return metadata.namespace === undefined ? metadata.name : `${metadata.namespace}/${metadata.name}`;
}

interface Outcome {
  readonly parent: Kept;
  readonly children: readonly Kept[];
  readonly answer: SyncAnswer;
}

/** Writes the status, deletes what the answer does not list, and applies the rest. */
function carryOut({ controller, store }: Running, { parent, children, answer }: Outcome): void {
  const { namespace } = parent.metadata;
  const desired = answer.attachments.map((child) => inNamespace(child, namespace));
  if (answer.status) {
    store.writeStatus(parent, answer.status);
  }
  const identity = ({ apiVersion, kind, metadata }: Manifest) => `${apiVersion} ${kind} ${metadata.name}`;
  const wanted = new Set(desired.map(identity));
  for (const child of children.filter((each) => !wanted.has(identity(each)))) {
    store.remove(child);
  }
  const refused = desired.filter((child) => !applied(store, controller, { parent, child }));
  if (refused.length > 0) {
    throw new Error(`the admission policy refuses ${refused.map(identity).join(', ')}`);
  }
}

/** A child without a namespace gets its parent's. */
function inNamespace(child: Manifest, namespace: string | undefined): Manifest {
  return { ...child, metadata: { ...(namespace !== undefined && { namespace }), ...child.metadata } };
}

/** Applies a child by force. The policy of the chart refuses that for an object that is not a child of the controller. */
function applied(store: MemoryStore, { name }: SoakController, { parent, child }: { parent: Kept; child: Manifest }) {
  const existing = store.read(child);
  if (existing && !isControlled(existing, parent)) {
    return false;
  }
  const { annotations = {} } = child.metadata as { readonly annotations?: object };
  const own = { ownerReferences: [ownerReference(parent)], annotations: { ...annotations, [DECORATOR]: name } };
  store.write({ ...child, metadata: { ...child.metadata, ...own } as Manifest['metadata'] }, 'metacontroller');
  return true;
}
