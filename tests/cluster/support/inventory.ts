import { type Api, call, groupPath, type Resource, resourcesOf } from './api.ts';

interface Listed {
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

/** Every object of a cluster except its CRDs, such as `apps/v1 deployments team/gw`, sorted. */
export async function inventory(api: Api): Promise<string[]> {
  const lines = await Promise.all((await groupVersions(api)).map((version) => objectsOf(api, version)));
  return [...new Set(lines.flat())].sort();
}

async function groupVersions(api: Api): Promise<string[]> {
  const { body } = await call(api, 'GET', '/apis');
  const { groups } = body as {
    readonly groups: readonly { readonly preferredVersion: { readonly groupVersion: string } }[];
  };
  return ['v1', ...groups.map(({ preferredVersion }) => preferredVersion.groupVersion)];
}

async function objectsOf(api: Api, groupVersion: string): Promise<string[]> {
  const resources = (await resourcesOf(api, groupPath(groupVersion))).filter(isOfInterest);
  const lists = resources.map(async ({ name }) => {
    const { body } = await call(api, 'GET', `${groupPath(groupVersion)}/${name}`);
    const { items = [] } = body as { readonly items?: readonly Listed[] };
    return items.map(({ metadata }) => `${groupVersion} ${name} ${metadata.namespace ?? ''}/${metadata.name}`);
  });
  return (await Promise.all(lists)).flat();
}

/** Leaves out Events and Leases, which come and go by themselves, and CRDs with their APIServices, which Helm keeps. */
function isOfInterest({ name, verbs }: Resource): boolean {
  const passing = ['events', 'leases', 'customresourcedefinitions', 'apiservices'];
  return verbs.includes('list') && !passing.includes(name);
}
