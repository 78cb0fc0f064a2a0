import type { Manifest } from '../../support/helm.ts';
import { type Api, apply, call, mustApply, pathOf, type Stored } from './api.ts';

/** All objects of a resource in the cluster, such as `httproutes` of `gateway.networking.k8s.io/v1`. */
export async function list(api: Api, apiVersion: string, resource: string): Promise<Stored[]> {
  const group = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  const { kind, items } = done<StoredList>(await call(api, 'GET', `${group}/${resource}`));
  return items.map((item) => ({ ...item, apiVersion, kind: kind.replace(/List$/, '') }));
}

/** Applies objects as their users write them, then the statuses that their operators would write. */
export async function applyWithStatus(api: Api, objects: readonly Manifest[]): Promise<void> {
  await makeNamespaces(api, [...new Set(objects.flatMap(({ metadata }) => metadata.namespace ?? []))]);
  for (const { status, ...object } of objects) {
    await mustApply(api, [object as Manifest]);
    if (status !== undefined) {
      const { apiVersion, kind, metadata } = object as Manifest;
      await apply(api, { apiVersion, kind, metadata, status }, { subresource: 'status' });
    }
  }
}

export async function makeNamespaces(api: Api, names: readonly string[]): Promise<void> {
  await mustApply(
    api,
    names.map((name) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } })),
  );
}

/** Changes an object by a merge patch, like a user of kubectl. */
export async function change(api: Api, object: Manifest, changes: object): Promise<Stored> {
  const path = `${await pathOf(api, object)}?fieldManager=kubectl-edit`;
  return done(await call(api, 'PATCH', path, { body: changes, contentType: 'application/merge-patch+json' }));
}

/** Changes the status of an object, like the program that keeps it. */
export async function changeStatus(api: Api, object: Manifest, status: object): Promise<Stored> {
  const path = `${await pathOf(api, object)}/status`;
  return done(await call(api, 'PATCH', path, { body: { status }, contentType: 'application/merge-patch+json' }));
}

/** Creates an object without apply, as an operator does that writes whole objects. */
export async function create(api: Api, object: Manifest, fieldManager: string): Promise<Stored> {
  const path = await pathOf(api, object);
  return done(
    await call(api, 'POST', `${path.slice(0, path.lastIndexOf('/'))}?fieldManager=${fieldManager}`, { body: object }),
  );
}

interface StoredList {
  readonly kind: string;
  readonly items: readonly Stored[];
}

function done<Body = Stored>({ status, body }: { readonly status: number; readonly body: unknown }): Body {
  if (status >= 300) {
    throw new Error(`${status}: ${JSON.stringify(body)}`);
  }
  return body as Body;
}
