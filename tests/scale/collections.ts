import { type Api, call, pathOf } from '../cluster/support/api.ts';
import { inParallel } from '../cluster/support/in-parallel.ts';
import type { Manifest } from '../support/helm.ts';

const AT_A_TIME = 20;

/** Creates objects as fast as the API server takes them, with few looks at what the server has. */
export async function createAll(api: Api, objects: readonly Manifest[]): Promise<void> {
  const paths = new Map<string, Promise<string>>();
  await inParallel(objects, AT_A_TIME, async (object) => {
    const path = await collectionOf(api, object, paths);
    const { status: _status, ...body } = object;
    const made = await call(api, 'POST', `${path}?fieldManager=kubectl`, { body });
    if (made.status !== 201) {
      throw new Error(`${object.kind} ${object.metadata.name}: ${made.status} ${JSON.stringify(made.body)}`);
    }
    if (object['status'] !== undefined) {
      await writeStatus(api, `${path}/${object.metadata.name}`, object['status']);
    }
  });
}

/** Writes the status of the object at a path, as the program that keeps it would. */
export async function writeStatus(api: Api, path: string, status: unknown): Promise<void> {
  const body = { status };
  const done = await call(api, 'PATCH', `${path}/status`, { body, contentType: 'application/merge-patch+json' });
  if (done.status !== 200) {
    throw new Error(`${path}/status: ${done.status} ${JSON.stringify(done.body)}`);
  }
}

function collectionOf(api: Api, object: Manifest, paths: Map<string, Promise<string>>): Promise<string> {
  const key = `${object.apiVersion} ${object.kind} ${object.metadata.namespace}`;
  const known = paths.get(key) ?? pathOf(api, object).then((path) => path.slice(0, path.lastIndexOf('/')));
  paths.set(key, known);
  return known;
}

/** The number of all objects of a resource, such as `/apis/apps/v1/deployments`, without reading them. */
export async function countOf(api: Api, collection: string): Promise<number> {
  const { body } = await call(api, 'GET', `${collection}?limit=1`);
  const { items, metadata } = body as Listed;
  return items.length + (metadata.remainingItemCount ?? 0);
}

interface Listed {
  readonly items: readonly unknown[];
  readonly metadata: { readonly remainingItemCount?: number };
}
