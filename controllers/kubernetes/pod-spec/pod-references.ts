import { isPlainObject, objectsIn, type PlainObject } from '../../data/plain-object.ts';
import { type MergeProblem, problem } from './merge-problem.ts';

interface Checked {
  readonly podSpec: PlainObject;
  readonly problems: readonly MergeProblem[];
}

/**
 * Removes from a merged PodSpec the mounts and claims that refer to something it does not have, and containers that have
 * the same name as another one, because the API server would reject the whole PodSpec. Of two containers with the same
 * name, the generated one stays.
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
  const names = new Set(taken);
  const clashing = objectsIn(podSpec[list]).filter(({ name }) => names.has(name));
  const kept = objectsIn(podSpec[list]).filter(({ name }) => !names.has(name));
  return {
    podSpec: clashing.length > 0 ? { ...podSpec, [list]: kept } : podSpec,
    problems: clashing.map(({ name }) =>
      at(`podSpec.${list}[${name}]`, `has the same name as a container in podSpec.${by}`),
    ),
  };
}

function checkedContainers(podSpec: PlainObject, list: string) {
  if (!(list in podSpec)) {
    return [];
  }
  const checked = objectsIn(podSpec[list]).map((item) =>
    checkedContainer(item, podSpec, `podSpec.${list}[${item['name']}]`),
  );
  return [
    { list, items: checked.map(({ container }) => container), problems: checked.flatMap(({ problems }) => problems) },
  ];
}

function checkedContainer(container: PlainObject, { volumes, resourceClaims }: PlainObject, path: string) {
  const mounts = existing(container, 'volumeMounts', { path, source: 'volumes', names: new Set(namesIn(volumes)) });
  const devices = existing(container, 'volumeDevices', { path, source: 'volumes', names: new Set(namesIn(volumes)) });
  const resources = isPlainObject(container['resources']) ? container['resources'] : {};
  const claims = existing(resources, 'claims', {
    path: `${path}.resources`,
    source: 'resourceClaims',
    names: new Set(namesIn(resourceClaims)),
  });
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

/** The names in a list of the pod, `source`, to which items at `path` may refer. */
interface Known {
  readonly path: string;
  readonly source: 'volumes' | 'resourceClaims';
  readonly names: ReadonlySet<unknown>;
}

/** The items of a list that refer to something that the pod has, and a problem for each of the others. */
function existing(object: PlainObject, list: string, { path, source, names }: Known) {
  const missing = objectsIn(object[list]).filter(({ name }) => !names.has(name));
  return {
    kept: list in object ? { [list]: objectsIn(object[list]).filter(({ name }) => names.has(name)) } : {},
    problems: missing.map(({ name }) => at(`${path}.${list}[${name}]`, `is not in podSpec.${source}`)),
  };
}

function namesIn(list: unknown): readonly unknown[] {
  return objectsIn(list).map(({ name }) => name);
}

function at(path: string, message: string): MergeProblem {
  return problem({ path, field: undefined }, message);
}
