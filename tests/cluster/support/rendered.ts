import type { Manifest } from '../../support/helm.ts';
import { type Api, read, type Stored } from './api.ts';
import { dynamicApplyChanges } from './dynamic-apply.ts';

/** What a cluster has otherwise than `render` shows it, as lines of a diff. */
export async function differences(api: Api, rendered: readonly Manifest[]): Promise<string[]> {
  const stored = await Promise.all(rendered.map((object) => read(api, object)));
  return rendered.flatMap((object, index) =>
    differing(stored[index], object).map((line) => `${object.kind} ${object.metadata.name}: ${line}`),
  );
}

function differing(stored: Stored | undefined, rendered: Manifest): string[] {
  return stored === undefined ? ['is not there'] : dynamicApplyChanges(comparable(stored), comparable(rendered));
}

/** Without the times at which agents were made, which only a cluster knows, and the hashes that they are part of. */
function comparable(object: Manifest): object {
  const text = JSON.stringify(object, (key, value) => (key === 'annotations' ? undefined : value));
  return JSON.parse(text.replaceAll(/\\"createdAt\\":\d+/g, ''));
}
