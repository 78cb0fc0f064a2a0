import type { DesiredObject } from '../../controllers/contract.ts';
import { mapKey, type Reading } from '../../controllers/reading.ts';
import { dropped } from './dropped.ts';
import { notJson } from './not-json.ts';
import { type Violation, violation } from './violation.ts';
import type { Path } from './walk.ts';

/** Metadata that the API server or the engine owns, and `generateName`, which makes a new object at each sync. */
const SERVER_METADATA = [
  'ownerReferences',
  'resourceVersion',
  'uid',
  'generation',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'managedFields',
  'selfLink',
  'generateName',
];

/** The allowed namespace and kinds of a parent's children. */
interface ChildrenRules {
  /** Undefined for a cluster-scoped parent, whose children may be in any namespace. */
  readonly namespace: string | undefined;
  readonly readings: readonly Reading[];
}

/** The violations of one child. If it is not JSON or its identity is incomplete, other rules are not checked. */
export function childViolations(child: DesiredObject, path: Path, rules: ChildrenRules): Violation[] {
  const unreadable = [...notJson(child, path), ...incomplete(child, path)];
  return unreadable.length > 0
    ? unreadable
    : [...misplaced(child, path, rules), ...serverFields(child, path), ...dropped(child, path)];
}

/** Finds children with the same identity. The engine would silently drop all but the last. */
export function duplicates(children: readonly DesiredObject[], path: Path): Violation[] {
  const identities = children.map(identity);
  return identities.flatMap((own, index) =>
    identities.indexOf(own) < index ? [violation('Duplicate', [...path, index])] : [],
  );
}

function identity(child: Partial<DesiredObject> | undefined): string {
  return JSON.stringify([child?.apiVersion, child?.kind, child?.metadata?.namespace, child?.metadata?.name]);
}

function incomplete(child: Partial<DesiredObject> | undefined, path: Path): Violation[] {
  return [
    ...(child?.apiVersion ? [] : [violation('Incomplete', [...path, 'apiVersion'])]),
    ...(child?.kind ? [] : [violation('Incomplete', [...path, 'kind'])]),
    ...(child?.metadata?.name ? [] : [violation('Incomplete', [...path, 'metadata', 'name'])]),
  ];
}

function misplaced(child: DesiredObject, path: Path, { namespace, readings }: ChildrenRules): Violation[] {
  const isElsewhere = namespace !== undefined && child.metadata.namespace !== namespace;
  const isDeclared = readings.some((reading) => mapKey(reading) === mapKey(child));
  return [
    ...(isElsewhere ? [violation('OtherNamespace', [...path, 'metadata', 'namespace'])] : []),
    ...(isDeclared ? [] : [violation('UndeclaredKind', [...path, 'kind'])]),
  ];
}

function serverFields(child: DesiredObject, path: Path): Violation[] {
  return [
    ...('status' in child ? [violation('ServerField', [...path, 'status'])] : []),
    ...SERVER_METADATA.filter((name) => Object.hasOwn(child.metadata, name)).map((name) =>
      violation('ServerField', [...path, 'metadata', name]),
    ),
  ];
}
