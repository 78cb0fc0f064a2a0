import type { PlainObject } from '../../controllers/data/plain-object.ts';
import type { Engine } from './engine.ts';
import { mapsAt, textAt, textsAt } from './fields.ts';
import { type Gathered, itemsOf } from './gather.ts';
import { resourceText } from './hook-controllers.ts';
import type { Installation } from './installation.ts';

/** A right in the whole cluster. */
export interface Right {
  readonly group: string;
  /** With the subresource: `agents/status`. */
  readonly resource: string;
  readonly verb: string;
}

const READ = ['get', 'list', 'watch'];
const WRITE = [...READ, 'create', 'update', 'patch', 'delete'];

const rightsTo = (group: string, resource: string, verbs: readonly string[]): readonly Right[] =>
  verbs.map((verb) => ({ group, resource, verb }));

/** Each right that Metacontroller needs for the controllers of the release, once. */
export function neededRights(installation: Installation): readonly Right[] {
  const all = [...ofEngine(installation), ...ofControllers(installation), ...ofRole(installation)];
  return [...new Map(all.map((right) => [Object.values(right).join(' '), right])).values()];
}

function ofEngine({ controllers }: Installation): readonly Right[] {
  const composes = controllers.some(({ item }) => item.kind === 'CompositeController');
  return [
    ...['compositecontrollers', 'controllerrevisions', 'decoratorcontrollers'].flatMap((resource) =>
      rightsTo('metacontroller.k8s.io', resource, READ),
    ),
    ...rightsTo('', 'namespaces', READ),
    ...rightsTo('', 'events', ['create', 'patch']),
    ...(composes ? rightsTo('apiextensions.k8s.io', 'customresourcedefinitions', READ) : []),
  ];
}

function ofControllers({ controllers }: Installation): readonly Right[] {
  return controllers.flatMap(({ item, parents, children, known }) => {
    const writesStatus = item.kind === 'CompositeController' || known?.name === 'agent-gateway';
    // After a status, Metacontroller writes the parent of a decorator once more.
    const writesParent = item.kind === 'DecoratorController' && writesStatus;
    return [
      ...parents.flatMap(({ group, resource }) => [
        ...rightsTo(group, resource, writesParent ? [...READ, 'update'] : READ),
        ...(writesStatus ? rightsTo(group, `${resource}/status`, ['update']) : []),
      ]),
      ...children.flatMap(({ group, resource }) => rightsTo(group, resource, WRITE)),
    ];
  });
}

/** What the release itself asks for: also what its hooks read besides parents and children. */
function ofRole({ release, cluster }: Installation): readonly Right[] {
  const role = itemsOf(cluster.looks.clusterRoles).find(({ name }) => name === `${release?.fullName}-metacontroller`);
  return mapsAt(role?.object, 'rules').flatMap((rule) =>
    textsAt(rule, 'apiGroups').flatMap((group) =>
      textsAt(rule, 'resources').flatMap((resource) => rightsTo(group, resource, textsAt(rule, 'verbs'))),
    ),
  );
}

/** The rules of all ClusterRoles that are bound to the service account of Metacontroller. */
export function grantedRules({ looks }: Gathered, engine: Engine): readonly PlainObject[] {
  const bound = itemsOf(looks.clusterRoleBindings).filter(({ object }) =>
    mapsAt(object, 'subjects').some((subject) => isSubject(subject, engine)),
  );
  const names = new Set(bound.map(({ object }) => textAt(object, 'roleRef', 'name')));
  return itemsOf(looks.clusterRoles)
    .filter(({ name }) => names.has(name))
    .flatMap(({ object }) => mapsAt(object, 'rules'));
}

function isSubject(subject: PlainObject, { serviceAccount, workload: { namespace } }: Engine): boolean {
  const name = textAt(subject, 'name');
  switch (textAt(subject, 'kind')) {
    case 'ServiceAccount':
      return name === serviceAccount && textAt(subject, 'namespace') === namespace;
    case 'User':
      return name === userOf(serviceAccount, namespace);
    default:
      return ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, 'system:authenticated'].includes(name);
  }
}

/** The name under which the API server knows a service account. */
export function userOf(serviceAccount: string, namespace: string): string {
  return `system:serviceaccount:${namespace}:${serviceAccount}`;
}

/** Whether a rule grants a right to all objects. */
export function grants(rule: PlainObject, { group, resource, verb }: Right): boolean {
  const has = (field: string, ...values: readonly string[]) => {
    const listed = textsAt(rule, field);
    return listed.includes('*') || values.some((value) => listed.includes(value));
  };
  const [, subresource] = resource.split('/');
  const any = subresource === undefined ? [] : [`*/${subresource}`];
  return (
    has('apiGroups', group) &&
    has('resources', resource, ...any) &&
    has('verbs', verb) &&
    textsAt(rule, 'resourceNames').length === 0
  );
}

/** `list, watch of httproutes.gateway.networking.k8s.io`. */
export function rightsText(rights: readonly Right[]): string {
  const byResource = Map.groupBy(rights, nameOf);
  const byVerbs = Map.groupBy([...byResource], ([, each]) => each.map(({ verb }) => verb).join(', '));
  return [...byVerbs].map(([verbs, each]) => `${verbs} of ${each.map(([name]) => name).join(', ')}`).join('; ');
}

/** `agents.kaos.tools/status`, as kubectl has it. */
function nameOf({ group, resource }: Right): string {
  const [name = '', subresource] = resource.split('/');
  const whole = resourceText({ group, resource: name });
  return subresource === undefined ? whole : `${whole}/${subresource}`;
}
