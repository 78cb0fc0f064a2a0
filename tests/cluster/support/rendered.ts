import type { Manifest } from '../../support/helm.ts';
import { type Api, read, type Stored } from './api.ts';
import { dynamicApplyChanges } from './dynamic-apply.ts';

/** The differences between a cluster and the output of `render`, as lines of a diff. */
export async function differences(api: Api, rendered: readonly Manifest[]): Promise<string[]> {
  const stored = await Promise.all(rendered.map((object) => read(api, object)));
  return rendered.flatMap((object, index) =>
    differing(stored[index], object).map((line) => `${object.kind} ${object.metadata.name}: ${line}`),
  );
}

function differing(stored: Stored | undefined, rendered: Manifest): string[] {
  return stored === undefined ? ['is missing'] : dynamicApplyChanges(comparable(stored), comparable(rendered));
}

/** Leaves out creation times of agents, which only a cluster knows, and annotations, whose hashes depend on them. */
function comparable(object: Manifest): object {
  const text = JSON.stringify(object, (key, value) => (key === 'annotations' ? undefined : value));
  return JSON.parse(text.replaceAll(/\\"createdAt\\":\d+/g, ''));
}
