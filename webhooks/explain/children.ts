import { codeUnitOrder } from '../../controllers/data/order.ts';
import { isPlainObject, objectsIn } from '../../controllers/data/plain-object.ts';
import { oneLine } from '../../controllers/data/quote.ts';
import { type ClusterObject, identityOf, nameOf } from '../evaluate/cluster-object.ts';
import type { Evaluation } from '../evaluate/evaluate.ts';
import { CLUSTER_ORIGIN } from '../evaluate/origin.ts';
import type { Resource } from './found.ts';
import { valueAt } from './value-at.ts';

/** The objects that a resource's controllers make, each with its state in the cluster, if the documents have it. */
export interface Children {
  readonly lines: readonly string[];
  readonly problems: readonly ChildProblem[];
}

/** What is wrong with a child, and what the cluster says about it, which may have been said before. */
interface ChildProblem {
  readonly text: string;
  readonly said: string;
}

/** Says what the controllers make for a resource, and what the cluster says about it. `names`: those of the controllers. */
export function childrenOf(resource: Resource, { answers, cluster }: Evaluation, names: readonly string[]): Children {
  const identity = identityOf(resource.object);
  const observed = new Map(cluster.manifests.map(({ object }) => [identityOf(object), object] as const));
  const all = answers.flatMap(({ parents }, index) =>
    parents
      .filter(({ parent }) => identityOf(parent.object) === identity)
      .flatMap(({ children }) => children.map((child) => ({ child: child as ClusterObject, by: names[index] ?? '' }))),
  );
  const told = all
    .map(({ child, by }) => ({
      name: shortName(child, resource.object),
      by,
      state: stateOf(observed.get(identityOf(child)), resource),
    }))
    .sort((one, other) => codeUnitOrder(one.name, other.name));
  const byMaker = Map.groupBy(told, ({ by, state }) => `, by ${by}${state.text === '' ? '' : `: ${state.text}`}`);
  return {
    lines: [...byMaker].map(([end, each]) => `${each.map(({ name }) => name).join(', ')}${end}`),
    problems: told.flatMap(({ name, state }) =>
      state.problems.map(({ text, said }) => ({ text: `${name}: ${text}`, said })),
    ),
  };
}

/** Without the namespace, if it is that of the resource. */
function shortName(child: ClusterObject, { metadata }: ClusterObject): string {
  return child.metadata.namespace === metadata.namespace
    ? nameOf({ ...child, metadata: { name: child.metadata.name } })
    : nameOf(child);
}

interface State {
  readonly text: string;
  readonly problems: readonly ChildProblem[];
}

/** Only a resource that is in a cluster can have children there. */
function stateOf(child: ClusterObject | undefined, { origin, object }: Resource): State {
  if (child === undefined) {
    return origin === CLUSTER_ORIGIN
      ? { text: 'not there', problems: [notCreated(object)] }
      : { text: object.metadata.uid === undefined ? '' : 'not among the documents', problems: [] };
  }
  const conditions = conditionsOf(child);
  const bad = conditions.filter(isBad);
  const [first] = bad;
  const good = conditions.filter((condition) => !isBad(condition) && condition.status === 'True');
  return {
    text: first === undefined ? goodText(child, good) : `${first.type} is ${first.status}: ${first.reason}`,
    problems: bad.map(({ type, status, reason, message }) => {
      const said = oneLine(`${reason}: ${message}`);
      return { text: `${type} is ${status}: ${said}`, said };
    }),
  };
}

/** Metacontroller tells the parent about a child that the API server refuses. */
function notCreated({ kind, metadata }: ClusterObject): ChildProblem {
  const selector = `involvedObject.kind=${kind},involvedObject.name=${metadata.name}`;
  const text = `has not been created; see why with kubectl get events -n ${metadata.namespace} --field-selector ${selector}`;
  return { text, said: text };
}

function goodText(child: ClusterObject, good: readonly Condition[]): string {
  const { availableReplicas = 0, replicas } = asCounts(valueAt(child, 'status'));
  const pods =
    child.kind === 'Deployment' && replicas !== undefined ? `${availableReplicas} of ${replicas} pods available` : '';
  return pods || good[0]?.type || 'there';
}

interface Counts {
  readonly availableReplicas?: number;
  readonly replicas?: number;
}

function asCounts(status: unknown): Counts {
  return isPlainObject(status) ? (status as Counts) : {};
}

interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason: string;
  readonly message: string;
}

/** The conditions of an object itself, those of a route's Gateways, and those of a policy's. */
function conditionsOf(object: ClusterObject): readonly Condition[] {
  const status = valueAt(object, 'status');
  const within = isPlainObject(status)
    ? [status, ...objectsIn(status['parents']), ...objectsIn(status['ancestors'])]
    : [];
  return within
    .flatMap(({ conditions }) => objectsIn(conditions))
    .map(({ type, status: value, reason, message }) => ({
      type: textOf(type),
      status: textOf(value),
      reason: textOf(reason),
      message: textOf(message),
    }));
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? oneLine(value) : '';
}

/** Conditions that are wrong if they are True. */
const BAD_IF_TRUE = ['ReplicaFailure', 'Overridden', 'Conflicted', 'PartiallyInvalid'];

function isBad({ type, status }: Condition): boolean {
  return BAD_IF_TRUE.includes(type) ? status === 'True' : status === 'False';
}
