import { codeUnitOrder } from '../../data/order.ts';
import { isPlainObject, type PlainObject } from '../../data/plain-object.ts';
import { isQualifiedName } from '../values/names.ts';
import { thousandthsOf } from '../values/quantity.ts';
import { type Conflict, type Field, list, map, object, quantity, text } from './field.ts';
import { whyNoName } from './field-rules.ts';
import { unlessEmpty } from './value-rules.ts';

const HUGE_PAGES = 'hugepages-';
const NATIVE = ['cpu', 'memory', 'ephemeral-storage'];
const QUOTA_PREFIX = 'requests.';

/** Resource names of Kubernetes have no slash; names of other resources begin with a domain and a slash. */
function whyNoResourceName(name: string): string | undefined {
  return isResourceName(name)
    ? undefined
    : 'is not a valid resource name; expected cpu, memory, ephemeral-storage, hugepages-<size> or a name such as nvidia.com/gpu';
}

function isResourceName(name: string): boolean {
  if (!name.includes('/')) {
    return NATIVE.includes(name) || isHugePages(name);
  }
  return (
    isQualifiedName(name) &&
    (isNative(name) || (!name.startsWith(QUOTA_PREFIX) && isQualifiedName(QUOTA_PREFIX + name)))
  );
}

function isHugePages(name: string): boolean {
  return name.startsWith(HUGE_PAGES) && pageSize(name) > 0n;
}

/** The size of a page in thousandths of a byte; zero if the name has none. */
function pageSize(name: string): bigint {
  return thousandthsOf(name.slice(HUGE_PAGES.length)) ?? 0n;
}

/** Whether a container may use more of a resource than it requests. */
function isNative(name: string): boolean {
  return !name.includes('/') || name.includes('kubernetes.io/');
}

const amounts: Field = map(
  {
    ...quantity,
    whyRefused: (amount) => ((thousandthsOf(amount) ?? 0n) < 0n ? 'must not be negative' : undefined),
  },
  whyNoResourceName,
);

/** What is wrong with the amounts of a container together. Source: `validateResourceRequirements` of the API server. */
function conflicts(resources: PlainObject): readonly Conflict[] {
  const [limits, requests] = [mapIn(resources, 'limits'), mapIn(resources, 'requests')];
  const both = [
    ['limits', limits],
    ['requests', requests],
  ] as const;
  const lacksMemory = ![...Object.keys(limits), ...Object.keys(requests)].some(
    (name) => name === 'cpu' || name === 'memory',
  );
  return [
    ...both.flatMap(([field, amounts]) =>
      namesIn(amounts).flatMap((name) => asConflict([field, name], whyNotCounted(name, amounts[name], lacksMemory))),
    ),
    ...namesIn(requests).flatMap((name) =>
      asConflict(['requests', name], whyNotRequested(name, requests[name], limits[name])),
    ),
  ];
}

function whyNotCounted(name: string, amount: unknown, lacksMemory: boolean): string | undefined {
  const thousandths = thousandthsOf(amount) ?? 0n;
  if (!isNative(name) && thousandths % 1000n !== 0n) {
    return `is ${amount}, but ${name} can only be used as a whole; expected a whole number`;
  }
  if (!name.startsWith(HUGE_PAGES)) {
    return undefined;
  }
  return lacksMemory
    ? 'needs an amount of cpu or memory beside it'
    : thousandths % (pageSize(name) || 1n) === 0n
      ? undefined
      : `is ${amount}; expected a multiple of the size of a page`;
}

function whyNotRequested(name: string, amount: unknown, limit: unknown): string | undefined {
  const isShared = isNative(name) && !name.startsWith(HUGE_PAGES);
  if (limit === undefined) {
    return isShared ? undefined : `needs limits.${name} with the same amount`;
  }
  const [wanted, most] = [thousandthsOf(amount) ?? 0n, thousandthsOf(limit) ?? 0n];
  if (isShared) {
    return wanted > most ? `is ${amount}, above limits.${name} of ${limit}` : undefined;
  }
  return wanted === most ? undefined : `is ${amount}; expected the same amount as limits.${name}, ${limit}`;
}

function asConflict(path: readonly string[], why: string | undefined): readonly Conflict[] {
  return why === undefined ? [] : [{ path, why }];
}

function mapIn(object: PlainObject, name: string): PlainObject {
  const value = object[name];
  return isPlainObject(value) ? value : {};
}

function namesIn(amounts: PlainObject): readonly string[] {
  return Object.keys(amounts).sort(codeUnitOrder);
}

/** What a pod needs besides its containers: amounts that need no limits. */
export const overhead: Field = {
  ...amounts,
  conflicts: (limits) => conflicts({ limits }).map(({ path: [, ...path], why }) => ({ path, why })),
};

const claims: Field = list(
  ['name'],
  object({ name: text(whyNoName), request: text(unlessEmpty(whyNoName)) }, { required: ['name'] }),
);

/** core/v1 ResourceRequirements of a container. */
export const resourceRequirements = object({ claims, limits: amounts, requests: amounts }, { conflicts });

const whyNoPodResource = (name: string) =>
  name === 'cpu' || name === 'memory' || isHugePages(name)
    ? undefined
    : 'is not a valid resource of a pod; expected cpu, memory or hugepages-<size>';
const podAmounts: Field = { ...amounts, whyKeyRefused: whyNoPodResource };

/** The same for a whole pod. */
export const podResources = object(
  {
    claims: { type: 'list', whyRefused: () => 'is not allowed for a whole pod; use the resources of a container' },
    limits: podAmounts,
    requests: podAmounts,
  },
  { conflicts },
);
