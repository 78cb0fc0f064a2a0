import { isPlainObject, type PlainObject } from '../../data/plain-object.ts';
import { type MergeProblem, problem } from './merge-problem.ts';

interface Checked {
  readonly podSpec: PlainObject;
  readonly problems: readonly MergeProblem[];
}

/**
 * A merged PodSpec without what refers to nothing in it, and without containers that take the name of another: the API
 * server would refuse all of it. What was generated keeps its name.
 */
export function withoutBrokenReferences(podSpec: PlainObject, generated: PlainObject): Checked {
  const initial = namesIn(generated['initContainers']);
  const containers = without(podSpec, 'containers', { taken: initial, by: 'initContainers' });
  const names = namesIn(containers.podSpec['containers']);
  const all = without(containers.podSpec, 'initContainers', { taken: names, by: 'containers' });
  const lists = ['containers', 'initContainers'].flatMap((list) => checkedContainers(all.podSpec, list));
  return {
    podSpec: { ...all.podSpec, ...Object.fromEntries(lists.map(({ list, items }) => [list, items])) },
    problems: [...containers.problems, ...all.problems, ...lists.flatMap(({ problems }) => problems)],
  };
}

interface Clash {
  readonly taken: readonly unknown[];
  readonly by: string;
}

function without(podSpec: PlainObject, list: string, { taken, by }: Clash): Checked {
  const clashing = itemsOf(podSpec[list]).filter(({ name }) => taken.includes(name));
  const kept = itemsOf(podSpec[list]).filter((item) => !clashing.includes(item));
  return {
    podSpec: clashing.length > 0 ? { ...podSpec, [list]: kept } : podSpec,
    problems: clashing.map(({ name }) => at(`podSpec.${list}[${name}]`, `has the name of one of ${by}`)),
  };
}

function checkedContainers(podSpec: PlainObject, list: string) {
  if (!(list in podSpec)) {
    return [];
  }
  const checked = itemsOf(podSpec[list]).map((item) =>
    checkedContainer(item, podSpec, `podSpec.${list}[${item['name']}]`),
  );
  return [
    { list, items: checked.map(({ container }) => container), problems: checked.flatMap(({ problems }) => problems) },
  ];
}

function checkedContainer(container: PlainObject, { volumes, resourceClaims }: PlainObject, path: string) {
  const mounts = existing(container, 'volumeMounts', { path, names: namesIn(volumes) });
  const devices = existing(container, 'volumeDevices', { path, names: namesIn(volumes) });
  const resources = isPlainObject(container['resources']) ? container['resources'] : {};
  const claims = existing(resources, 'claims', { path: `${path}.resources`, names: namesIn(resourceClaims) });
  return {
    container: {
      ...container,
      ...mounts.kept,
      ...devices.kept,
      ...('claims' in resources && { resources: { ...resources, ...claims.kept } }),
    },
    problems: [...mounts.problems, ...devices.problems, ...claims.problems],
  };
}

interface Known {
  readonly path: string;
  readonly names: readonly unknown[];
}

/** The items of a list whose name is one of the pod's. */
function existing(object: PlainObject, list: string, { path, names }: Known) {
  const missing = itemsOf(object[list]).filter(({ name }) => !names.includes(name));
  return {
    kept: list in object ? { [list]: itemsOf(object[list]).filter((item) => !missing.includes(item)) } : {},
    problems: missing.map(({ name }) => at(`${path}.${list}[${name}]`, 'names nothing that the pod has')),
  };
}

function itemsOf(list: unknown): readonly PlainObject[] {
  return Array.isArray(list) ? list.filter(isPlainObject) : [];
}

function namesIn(list: unknown): readonly unknown[] {
  return itemsOf(list).map(({ name }) => name);
}

function at(path: string, message: string): MergeProblem {
  return problem({ path, field: undefined }, message);
}
