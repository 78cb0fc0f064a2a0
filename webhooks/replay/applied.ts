import { isPlainObject, type PlainObject } from '../../controllers/data/plain-object.ts';
import {
  isAtomic,
  isBesideAnswer,
  isOwnAlone,
  keyFieldsOf,
  type Owners,
  ownersBelow,
  ownersOf,
} from './field-owners.ts';

/**
 * The values that API servers give to fields that nobody sets, in the kinds of our children. An answer without them changes nothing, and
 * neither does one that had them and has them no longer. https://kubernetes.io/docs/reference/kubernetes-api/
 */
const ADDED_VALUES: Readonly<Record<string, readonly unknown[]>> = {
  apiVersion: ['v1'],
  defaultMode: [420],
  dnsPolicy: ['ClusterFirst'],
  expirationSeconds: [3600],
  failureThreshold: [3],
  group: ['', 'gateway.networking.k8s.io'],
  imagePullPolicy: ['Always', 'IfNotPresent'],
  internalTrafficPolicy: ['Cluster'],
  kind: ['Gateway', 'Service'],
  matches: [[{ path: { type: 'PathPrefix', value: '/' } }]],
  maxSurge: ['25%'],
  maxUnavailable: ['25%'],
  path: [{ type: 'PathPrefix', value: '/' }],
  periodSeconds: [10],
  progressDeadlineSeconds: [600],
  protocol: ['TCP'],
  restartPolicy: ['Always'],
  revisionHistoryLimit: [10],
  schedulerName: ['default-scheduler'],
  scheme: ['HTTP'],
  securityContext: [{}],
  sessionAffinity: ['None'],
  successThreshold: [1],
  terminationGracePeriodSeconds: [30],
  terminationMessagePath: ['/dev/termination-log'],
  terminationMessagePolicy: ['File'],
  timeoutSeconds: [1],
  type: ['ClusterIP', 'Exact', 'PathPrefix', 'RollingUpdate'],
  value: ['/'],
  volumeMode: ['Filesystem'],
  weight: [1],
};

/** The fields that identify the items of lists, where the object does not name the owners of its fields. */
const USUAL_KEYS: Readonly<Record<string, readonly string[]>> = {
  containers: ['name'],
  env: ['name'],
  initContainers: ['name'],
  volumeMounts: ['mountPath'],
  volumes: ['name'],
};

interface Place {
  /** The name of the field, or that of the list of an item. */
  readonly name: string;
  /** Undefined if the object does not name the owners of its fields. */
  readonly owners: Owners | undefined;
}

/**
 * An observed child after Metacontroller applied an answer to it on the server's side: fields of the answer win, those that only earlier
 * answers had are gone, and those of others stay. Without the names of owners, no field is known to be gone.
 */
export function applied(observed: PlainObject, desired: PlainObject): PlainObject {
  return mergedMap(observed, desired, { name: '', owners: ownersOf(observed) });
}

function merged(observed: unknown, desired: unknown, place: Place): unknown {
  if (isPlainObject(observed) && isPlainObject(desired)) {
    return mergedMap(observed, desired, place);
  }
  return Array.isArray(observed) && Array.isArray(desired) ? mergedList(observed, desired, place) : desired;
}

/** The fields stay in the order of the object, so that a difference shows only what changes. */
function mergedMap(observed: PlainObject, desired: PlainObject, { owners }: Place): PlainObject {
  const stayed = Object.entries(observed).map(([name, value]) => {
    const place = { name, owners: owners && ownersOfField(owners, name) };
    const isAnswered = Object.hasOwn(desired, name);
    return [
      name,
      isAnswered ? merged(value, desired[name], place) : remaining(value, { ...place, map: owners }),
    ] as const;
  });
  const added = Object.entries(desired).filter(([name]) => !Object.hasOwn(observed, name));
  return Object.fromEntries([...stayed.filter(([, value]) => value !== undefined), ...added]);
}

/** A part of what is replaced as a whole is, too. */
function ownersOfField(owners: Owners, name: string): Owners {
  return isAtomic(owners) ? owners : ownersBelow(owners, `f:${name}`);
}

/** What remains of a field that the answer does not have; undefined if nothing does. `map` are the owners of its map. */
function remaining(value: unknown, { name, owners, map }: Place & { readonly map: Owners | undefined }): unknown {
  if (owners === undefined || map === undefined || isBesideAnswer(`f:${name}`)) {
    return value;
  }
  const isGone = isAtomic(map) || (isOwnAlone(map, `f:${name}`) && isLeaf(owners));
  if (isGone) {
    return isAdded(name, value) ? value : undefined;
  }
  return withoutOwn(value, { name, owners });
}

/** A value without the parts that only earlier answers had; undefined if that is all of it. */
function withoutOwn(value: unknown, place: Place): unknown {
  const hasParts = isPlainObject(value) || (Array.isArray(value) && isKeyed(place));
  if (!hasParts || !hasContent(value)) {
    return value;
  }
  const left = merged(value, Array.isArray(value) ? [] : {}, place);
  return hasContent(left) ? left : undefined;
}

function isKeyed({ owners }: Place): boolean {
  return owners !== undefined && keyFieldsOf(owners).length > 0;
}

function isLeaf({ own }: Owners): boolean {
  return own !== undefined && Object.keys(own).length === 0;
}

/** Whether a map or a list has something in it. */
function hasContent(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0;
}

function isAdded(name: string, value: unknown): boolean {
  return (ADDED_VALUES[name] ?? []).some((added) => JSON.stringify(added) === JSON.stringify(value));
}

function mergedList(observed: readonly unknown[], desired: readonly unknown[], place: Place): readonly unknown[] {
  const { name, owners } = place;
  const keys = owners === undefined ? (USUAL_KEYS[name] ?? []) : keyFieldsOf(owners);
  return keys.length > 0 ? mergedItems(observed, desired, { ...place, keys }) : replacedItems(observed, desired, name);
}

/** A list that is replaced as a whole, with what the API server will add again to its items. */
function replacedItems(observed: readonly unknown[], desired: readonly unknown[], name: string): readonly unknown[] {
  const owners: Owners = { own: {}, others: [] };
  return desired.map((item, index) => merged(observed[index], item, { name, owners }));
}

/** A list whose items are known by some of their fields. They are in the order of the answer, and items of others stay where they are. */
function mergedItems(
  observed: readonly unknown[],
  desired: readonly unknown[],
  { name, owners, keys }: Place & { readonly keys: readonly string[] },
): readonly unknown[] {
  const present = new Map(observed.map((item) => [stepOf(item, keys), item]));
  const wanted = new Set(desired.map((item) => stepOf(item, keys)));
  const answered = desired.map((item) => {
    const step = stepOf(item, keys);
    const place = { name, owners: owners && ownersBelow(owners, step) };
    return present.has(step) ? merged(present.get(step), item, place) : item;
  });
  const stayed = [...present].filter(([step]) => wanted.has(step) || !owners || !isOwnAlone(owners, step));
  let next = 0;
  const ordered = stayed.flatMap(([step, item]) => (wanted.has(step) ? answered.slice(next, ++next) : [item]));
  return [...ordered, ...answered.slice(next)];
}

/** The step of an item in a tree of owners: `k:{"containerPort":8000,"protocol":"TCP"}`. */
function stepOf(item: unknown, keys: readonly string[]): string {
  const fields = isPlainObject(item) ? item : {};
  return `k:${JSON.stringify(Object.fromEntries(keys.map((key) => [key, fields[key] ?? ADDED_VALUES[key]?.[0]])))}`;
}
