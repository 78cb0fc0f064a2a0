import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Api, call } from './api.ts';
import type { Pod } from './pods.ts';
import { requestToken } from './service-account.ts';

/** A pod whose token is in a file of this machine, because the folder in the manifest is the kubelet's. */
export interface WithToken {
  readonly pod: Pod;
  readonly file: string;
  readonly token: string;
}

interface Projected {
  readonly projected?: { readonly sources: readonly [{ readonly serviceAccountToken: TokenSource }] };
}

interface TokenSource {
  readonly audience: string;
  readonly expirationSeconds: number;
  readonly path: string;
}

/** Does for the pod of an Agent what the kubelet does: requests the token that its volume asks for, and writes it into the file. */
export async function withToken(api: Api, pod: Pod): Promise<WithToken> {
  const [volume = {}] = pod.volumes as readonly Projected[];
  const [mount] = pod.container.volumeMounts ?? [];
  const source = volume.projected?.sources[0].serviceAccountToken;
  if (source === undefined || mount === undefined) {
    throw new Error(`${pod.name}: has no volume with a token`);
  }
  const { audience, expirationSeconds } = source;
  const account = { name: `kaos-${pod.name}`, namespace: pod.namespace };
  const token = await requestToken(api, account, { audiences: [audience], expirationSeconds });
  const folder = mkdtempSync(path.join(tmpdir(), 'kaos-agent-'));
  const file = path.join(folder, source.path);
  writeFileSync(file, token);
  const env = pod.container.env.map((variable) => ({
    ...variable,
    ...(variable.value && { value: variable.value.replace(mount.mountPath, folder) }),
  }));
  return { pod: { ...pod, volumes: [], container: { ...pod.container, env, volumeMounts: [] } }, file, token };
}

/** The issuer of the cluster's tokens, and the keys by which others verify them. */
export async function issuerOf(api: Api): Promise<{ readonly issuer: string; readonly keys: string }> {
  const { body } = await call(api, 'GET', '/.well-known/openid-configuration');
  const { body: keys } = await call(api, 'GET', '/openid/v1/jwks');
  const { issuer } = body as { readonly issuer: string };
  return { issuer, keys: typeof keys === 'string' ? keys : JSON.stringify(keys) };
}
