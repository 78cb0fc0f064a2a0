import { buildGraph, idsOf } from './build-graph.ts';
import type { Graph } from './graph.ts';
import { type Group, groupsOf } from './group.ts';
import type { Item } from './item.ts';

/** The picture, and the resources in it. */
export interface Drawn {
  readonly graph: Graph;
  readonly items: readonly Item[];
  /** The id of the node of a resource, by its key. */
  readonly nodeOf: (key: string) => string;
  /** What the picture does not show, and what to do. */
  readonly remark: string | undefined;
}

/** Draws resources one by one, or, if there are too many, several as one. */
export function draw(items: readonly Item[]): Drawn {
  const groups = groupsOf(items);
  const nodeOf = idsOf(groups);
  return { graph: buildGraph(groups, nodeOf), items, nodeOf, remark: remarkOf(items, groups) };
}

function remarkOf(items: readonly Item[], groups: readonly Group[]): string | undefined {
  if (items.length === groups.length) {
    return undefined;
  }
  const what = groups.some(({ namespace }) => namespace === undefined) ? 'a kind' : 'a kind and a namespace';
  return `${items.length} resources are too many for a picture, so those of ${what} are one box; draw fewer by --namespace, --kind or --name`;
}
