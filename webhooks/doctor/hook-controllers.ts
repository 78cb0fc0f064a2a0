import type { Controller } from '../../controllers/contract.ts';
import type { PlainObject } from '../../controllers/data/plain-object.ts';
import { controllers } from '../../controllers/registry.ts';
import { mapAt, mapsAt, textAt } from './fields.ts';
import { type Gathered, itemsOf } from './gather.ts';
import type { Item } from './item.ts';
import { isOf, isOfTheChart, type Release } from './release.ts';

/** A resource of a controller's spec, such as `httproutes` of `gateway.networking.k8s.io/v1`. */
export interface Resource {
  readonly group: string;
  readonly version: string;
  readonly resource: string;
}

/** A DecoratorController or a CompositeController. */
export interface HookController {
  readonly item: Item;
  readonly parents: readonly Resource[];
  readonly children: readonly Resource[];
  /** Its hooks by their names. */
  readonly hooks: Readonly<Record<string, PlainObject>>;
  /** What it is in this service; undefined for a name that this version does not know. */
  readonly known: Controller | undefined;
}

/** The controllers in the cluster that the chart has made, of all releases. */
export function hookControllersIn({ looks }: Gathered): readonly HookController[] {
  return [...itemsOf(looks.decorators), ...itemsOf(looks.composites)].filter(isOfTheChart).map(hookControllerOf);
}

export function hookControllersOf(cluster: Gathered, release: Release): readonly HookController[] {
  return hookControllersIn(cluster).filter(({ item }) => isOf(release, item));
}

function hookControllerOf(item: Item): HookController {
  const { object } = item;
  const composite = mapAt(object, 'spec', 'parentResource');
  const parents = 'resource' in composite ? [composite] : mapsAt(object, 'spec', 'resources');
  const children = [...mapsAt(object, 'spec', 'attachments'), ...mapsAt(object, 'spec', 'childResources')];
  const hooks = Object.entries(mapAt(object, 'spec', 'hooks')).map(([name]) => [
    name,
    mapAt(object, 'spec', 'hooks', name),
  ]);
  return {
    item,
    parents: parents.map(resourceOf),
    children: children.map(resourceOf),
    hooks: Object.fromEntries(hooks),
    known: knownAs(item.name),
  };
}

function resourceOf(rule: PlainObject): Resource {
  const [group, version] = textAt(rule, 'apiVersion').split('/');
  const resource = textAt(rule, 'resource');
  return version === undefined
    ? { group: '', version: group ?? '', resource }
    : { group: group ?? '', version, resource };
}

/** A release with an instance appends it to the names of its controllers. */
function knownAs(name: string): Controller | undefined {
  const exact = controllers.find((controller) => controller.name === name);
  return (
    exact ??
    controllers.find((controller) => INSTANCED.includes(controller.name) && name.startsWith(`${controller.name}-`))
  );
}

/** The controllers of which each release with an instance has its own. */
const INSTANCED: readonly string[] = ['agent-gateway', 'agent-routes'];

/** The name of a resource with its group, as kubectl takes it. */
export function resourceText({ group, resource }: Pick<Resource, 'group' | 'resource'>): string {
  return group === '' ? resource : `${resource}.${group}`;
}
