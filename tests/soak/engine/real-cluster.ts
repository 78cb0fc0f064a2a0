import { mustApply, read, remove } from '../../cluster/support/api.ts';
import { type ControlPlane, startControlPlane } from '../../cluster/support/control-plane.ts';
import { gatewayApiExperimental, install, metacontroller, upstream } from '../../cluster/support/crds.ts';
import { RECOMMENDED_FLAGS, startMetacontroller } from '../../cluster/support/metacontroller.ts';
import { applyWithStatus, change, changeStatus, makeNamespaces } from '../../cluster/support/objects.ts';
import { freePort } from '../../cluster/support/processes.ts';
import { release } from '../../cluster/support/release.ts';
import { startWorkloads } from '../../cluster/support/workloads.ts';
import type { Manifest } from '../../support/helm.ts';
import { NAMESPACES } from '../plan/manifests.ts';
import { CHILD_KINDS } from '../plan/observed.ts';
import type { Connection, SoakCluster } from './soak-cluster.ts';
import { watch } from './watch.ts';

interface Stoppable {
  readonly stop: () => Promise<unknown>;
}

const SECRET = { name: 'hook-tokens', namespace: 'kaos-system' };
const HOOK_URL = /https:\/\/[-a-z.]+\.svc(?=\/)/g;

/** Starts an API server with real controllers and pods by KWOK. Metacontroller starts later, when the service runs. */
export async function prepareRealCluster(connection: Connection) {
  const running: Stoppable[] = [];
  const stop = async () => {
    for (const each of running.splice(0).reverse()) {
      await each.stop();
    }
  };
  try {
    const controlPlane = await startControlPlane();
    running.push(controlPlane);
    await install(controlPlane.api, [...gatewayApiExperimental(), ...upstream(), ...metacontroller()]);
    running.push(...(await startWorkloads(controlPlane)));
    const { objects, settings } = await release(controlPlane, '', {
      'auth.token.existingSecret': SECRET.name,
      'tls.enabled': 'true',
      'tls.existingSecret': 'hook-certificate',
      'tls.caBundle': connection.ca,
    });
    const start = () => startEngine(controlPlane, running, { connection, objects });
    return { environment: settings, start, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

interface Engine {
  readonly connection: Connection;
  readonly objects: readonly Manifest[];
}

async function startEngine(
  controlPlane: ControlPlane,
  running: Stoppable[],
  { connection, objects }: Engine,
): Promise<SoakCluster> {
  const { api } = controlPlane;
  const { see, port } = connection;
  const own = objects.map((object) => withUrl(object, port));
  await makeNamespaces(api, [...NAMESPACES, SECRET.namespace]);
  await mustApply(api, [secretOf(connection.token), ...own]);
  const watching = new AbortController();
  const owners = newOwners();
  const isOurs = ({ metadata }: Manifest) => NAMESPACES.some((namespace) => namespace === metadata.namespace);
  const seeOurs: Connection['see'] = (seen) =>
    isOurs(seen.object) && see({ ...seen, isOrphan: seen.type === 'gone' && owners.isOrphan(seen.object) });
  const watches = Object.entries(CHILD_KINDS).map(([kind, [apiVersion, resource]]) =>
    watch(api, { apiVersion, resource, kind }, { see: seeOurs, signal: watching.signal }),
  );
  running.push({
    stop: () => {
      watching.abort();
      return Promise.all(watches);
    },
  });
  const metrics = await freePort();
  running.push(
    await startMetacontroller(controlPlane, 'server-side-apply', [
      ...RECOMMENDED_FLAGS,
      `--metrics-address=127.0.0.1:${metrics}`,
    ]),
  );
  let revision = 1;
  return {
    put: async ({ object, status }) => {
      // Spec and status are two writes. An agent that is shown gets its address before, and one that is hidden after it is hidden.
      if (status !== undefined && isShown(object) && (await read(api, object))) {
        await changeStatus(api, object, status);
      }
      await applyWithStatus(api, [{ ...object, ...(status !== undefined && { status }) }]);
      owners.keep(await read(api, object));
    },
    remove: async (object) => {
      owners.forget(object);
      await remove(api, object);
    },
    useToken: async (token) => {
      await change(api, secretOf(''), { stringData: { token } });
      revision += 1;
      // Metacontroller reads the token again only when the spec of a controller changes.
      for (const controller of own.filter(({ kind }) => kind === 'DecoratorController')) {
        await change(api, controller, { spec: withRevision(controller, revision) });
      }
    },
    activity: async () => ({ retries: await retriesIn(metrics), failing: [] }),
  };
}

function isShown({ spec }: Manifest): boolean {
  return (spec as { readonly exposed?: unknown } | undefined)?.exposed === true;
}

/** Knows the parents that are there, so that a child of one that has gone is told from a child that is lost. */
function newOwners() {
  const uids = new Map<string, string | undefined>();
  const keyOf = (kind: string, { namespace }: Manifest['metadata'], name: string) => `${kind} ${namespace}/${name}`;
  return {
    keep: (object: Manifest | undefined) =>
      object && uids.set(keyOf(object.kind, object.metadata, object.metadata.name), uidOf(object)),
    forget: ({ kind, metadata }: Manifest) => uids.delete(keyOf(kind, metadata, metadata.name)),
    isOrphan: ({ metadata }: Manifest) => {
      const { ownerReferences = [] }: StoredMetadata = metadata;
      return ownerReferences.some(({ kind, name, uid }) => uids.get(keyOf(kind, metadata, name)) !== uid);
    },
  };
}

interface StoredMetadata {
  readonly name: string;
  readonly uid?: string;
  readonly ownerReferences?: readonly { readonly kind: string; readonly name: string; readonly uid: string }[];
}

function uidOf({ metadata }: Manifest): string | undefined {
  const { uid }: StoredMetadata = metadata;
  return uid;
}

function withUrl(object: Manifest, port: number): Manifest {
  return JSON.parse(JSON.stringify(object).replaceAll(HOOK_URL, `https://127.0.0.1:${port}`));
}

function withRevision({ spec }: Manifest, revision: number): object {
  return JSON.parse(JSON.stringify(spec).replaceAll(/"url":"([^"]+)"/g, `"url":"$1&revision=${revision}"`));
}

function secretOf(token: string): Manifest {
  return { apiVersion: 'v1', kind: 'Secret', metadata: SECRET, stringData: { token } };
}

const RETRIES = /^workqueue_retries_total\{.*\} (\d+)$/gm;

/** How often Metacontroller has put a parent back into a queue after a failure. */
async function retriesIn(port: number): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  return [...text.matchAll(RETRIES)].reduce((sum, [, count]) => sum + Number(count), 0);
}
