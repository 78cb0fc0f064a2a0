import { nameOf } from '../evaluate/cluster-object.ts';
import type { Context } from './context.ts';
import type { Resource } from './found.ts';
import { most } from './most.ts';
import { type Reference, referencesOf, referencesTo } from './references.ts';

/** What a resource needs, and what needs it, a line for each. */
export interface Links {
  readonly needs: readonly string[];
  readonly neededBy: readonly string[];
  /** What is needed and not there, although another namespace has it. */
  readonly problems: readonly string[];
}

/** Both directions of the references of a resource. */
export function linksOf(resource: Resource, all: readonly Resource[], context: Context): Links {
  const names = new Map(all.map((each) => [nameOf(each.object), each]));
  const needs = referencesOf(resource, context.settings);
  return {
    needs: needs.map((reference) => `${reference.to}${stateOf(reference, names)}${fieldOf(reference, context)}`),
    neededBy: most(
      referencesTo(resource, all, context.settings).map(
        (reference) => `${nameOf(reference.from.object)}${fieldOf(reference, context)}`,
      ),
    ),
    problems: needs.filter(({ to }) => !names.has(to)).flatMap((reference) => elsewhere(reference, all)),
  };
}

function stateOf({ to }: Reference, names: ReadonlyMap<string, Resource>): string {
  return names.has(to) ? '' : ', which is not among the documents';
}

function fieldOf({ field, from }: Reference, { places }: Context): string {
  const place = field === undefined ? undefined : places.ofField(from.origin, field);
  return field === undefined ? '' : `, by ${field}${place === undefined ? '' : ` (${place})`}`;
}

/** References stay within a namespace. */
function elsewhere({ kind, name, namespace, field }: Reference, all: readonly Resource[]): readonly string[] {
  const other = all.find(({ object }) => object.kind === kind && object.metadata.name === name);
  return other === undefined
    ? []
    : [`${field ?? kind}: ${nameOf(other.object)} is in another namespace; expected one of the namespace ${namespace}`];
}
