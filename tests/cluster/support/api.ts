import type { Manifest } from '../../support/helm.ts';

/** A Kubernetes API server whose certificate this process trusts. */
export interface Api {
  readonly url: string;
  readonly token: string;
}

export interface Answer {
  readonly status: number;
  /** Warnings of the server about a call that it carried out. */
  readonly warnings: readonly string[];
  readonly body: unknown;
}

interface Call {
  readonly body?: object;
  readonly contentType?: string;
}

export async function call(
  { url, token }: Api,
  method: string,
  path: string,
  { body, contentType = 'application/json' }: Call = {},
): Promise<Answer> {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': contentType },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    warnings: warningsOf(response.headers.get('warning') ?? ''),
    body: response.headers.get('content-type')?.startsWith('application/json') ? JSON.parse(text) : text,
  };
}

/** The texts in a Warning header such as `299 - "text", 299 - "text"`. */
function warningsOf(header: string): string[] {
  return [...header.matchAll(/299 \S+ "((?:[^"\\]|\\.)*)"/g)].map(([, text = '']) => text);
}

export interface Stored extends Manifest {
  readonly metadata: Manifest['metadata'] & StoredMetadata;
}

interface StoredMetadata {
  readonly uid: string;
  readonly resourceVersion: string;
  readonly generation?: number;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly managedFields?: readonly { readonly manager: string }[];
}

export type Applied =
  | { readonly outcome: 'accepted'; readonly object: Stored; readonly warnings: readonly string[] }
  | { readonly outcome: 'refused'; readonly message: string };

interface ApplyOptions {
  readonly dryRun?: boolean;
  readonly subresource?: 'status';
}

/** Forced server-side apply as Metacontroller does it, except that the server refuses unknown fields. */
export async function apply(api: Api, object: Manifest, options: ApplyOptions = {}): Promise<Applied> {
  const query = `fieldManager=metacontroller&force=true&fieldValidation=Strict${options.dryRun ? '&dryRun=All' : ''}`;
  const subresource = options.subresource === undefined ? '' : `/${options.subresource}`;
  const answer = await call(api, 'PATCH', `${await pathOf(api, object)}${subresource}?${query}`, {
    body: object,
    contentType: 'application/apply-patch+yaml',
  });
  return answer.status < 300
    ? { outcome: 'accepted', object: answer.body as Stored, warnings: answer.warnings }
    : { outcome: 'refused', message: (answer.body as { message?: string }).message ?? String(answer.body) };
}

/** Applies objects that a test needs, and throws if the server refuses one. */
export async function mustApply(api: Api, objects: readonly Manifest[]): Promise<void> {
  for (const object of objects) {
    const applied = await apply(api, object);
    if (applied.outcome === 'refused') {
      throw new Error(`${object.kind} ${object.metadata.name}: ${applied.message}`);
    }
  }
}

export async function read(api: Api, object: Manifest): Promise<Stored | undefined> {
  const { status, body } = await call(api, 'GET', await pathOf(api, object));
  return status === 200 ? (body as Stored) : undefined;
}

export async function remove(api: Api, object: Manifest): Promise<void> {
  await call(api, 'DELETE', await pathOf(api, object));
}

/** Deletes an object without its finalizers, in a cluster without the controllers that would remove them. */
export async function removeAtOnce(api: Api, object: Manifest): Promise<void> {
  await remove(api, object);
  const body = { metadata: { finalizers: null } };
  await call(api, 'PATCH', await pathOf(api, object), { body, contentType: 'application/merge-patch+json' });
}

/** The path of an object, such as `/apis/apps/v1/namespaces/team/deployments/gw`. */
export async function pathOf(api: Api, { apiVersion, kind, metadata }: Manifest): Promise<string> {
  const group = groupPath(apiVersion);
  const resource = (await resourcesOf(api, group)).find((candidate) => candidate.kind === kind);
  if (!resource) {
    throw new Error(`the cluster has no ${kind} of ${apiVersion}`);
  }
  const namespace = resource.namespaced ? `/namespaces/${metadata.namespace ?? 'default'}` : '';
  return `${group}${namespace}/${resource.name}/${metadata.name}`;
}

export function groupPath(apiVersion: string): string {
  return apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
}

export interface Resource {
  readonly name: string;
  readonly kind: string;
  readonly namespaced: boolean;
  readonly verbs: readonly string[];
}

/** The resources of one group and version, without their subresources. */
export async function resourcesOf(api: Api, group: string): Promise<readonly Resource[]> {
  const { body } = await call(api, 'GET', group);
  const { resources = [] } = body as { readonly resources?: readonly Resource[] };
  return resources.filter(({ name }) => !name.includes('/'));
}
