import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { type Api, call } from './api.ts';
import { AUDIT_FLAGS, AUDIT_LOG, auditFiles } from './audit.ts';
import { part } from './parts.ts';
import { freePort, ready, start } from './processes.ts';

/** An etcd and a kube-apiserver without controllers: no pod starts, and no garbage is collected. */
export interface ControlPlane {
  readonly api: Api;
  /** A kubeconfig for programs; its user has all rights. */
  readonly kubeconfig: string;
  /** The file in which the API server logs each write. */
  readonly auditLog: string;
  readonly stop: () => Promise<void>;
}

export async function startControlPlane(): Promise<ControlPlane> {
  const etcd = await startEtcd();
  try {
    const { running, ...server } = await startApiServer(etcd.url);
    const stop = async () => {
      await running.stop();
      await etcd.running.stop();
    };
    return { ...server, stop };
  } catch (error) {
    await etcd.running.stop();
    throw error;
  }
}

async function startEtcd() {
  const url = `http://127.0.0.1:${await freePort()}`;
  const peers = `http://127.0.0.1:${await freePort()}`;
  const running = start(part('etcd'), [
    '--data-dir=data',
    `--listen-client-urls=${url}`,
    `--advertise-client-urls=${url}`,
    `--listen-peer-urls=${peers}`,
    `--initial-advertise-peer-urls=${peers}`,
    `--initial-cluster=default=${peers}`,
    // It ends with the tests, so its data need not survive a power cut.
    '--unsafe-no-fsync',
  ]);
  await ready(running, async () => (await fetch(`${url}/health`)).ok);
  return { running, url };
}

async function startApiServer(etcd: string) {
  const port = await freePort();
  const api: Api = { url: `https://127.0.0.1:${port}`, token: randomUUID() };
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const key = privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();
  const files = {
    'tokens.csv': `${api.token},tests,tests,system:masters\n`,
    'service-accounts.key': key,
    kubeconfig: kubeconfigOf(api, 'certificates/apiserver.crt'),
    ...auditFiles,
  };
  const running = start(part('kube-apiserver'), apiServerFlags(etcd, port), files);
  await ready(running, async () => existsSync(path.join(running.folder, 'certificates/apiserver.key')));
  trust(path.join(running.folder, 'certificates/apiserver.crt'));
  await ready(running, async () => (await call(api, 'GET', '/readyz')).status === 200);
  const file = (name: string) => path.join(running.folder, name);
  return { running, api, kubeconfig: file('kubeconfig'), auditLog: file(AUDIT_LOG) };
}

function apiServerFlags(etcd: string, port: number): string[] {
  return [
    `--etcd-servers=${etcd}`,
    `--secure-port=${port}`,
    '--bind-address=127.0.0.1',
    '--advertise-address=127.0.0.1',
    '--endpoint-reconciler-type=none',
    '--service-cluster-ip-range=10.96.0.0/16',
    // The API server writes its own certificate there, and its key last.
    '--cert-dir=certificates',
    '--token-auth-file=tokens.csv',
    '--authorization-mode=RBAC',
    // As in most clusters: there, the Pod Security admission alone stands against privileged pods.
    '--allow-privileged=true',
    '--service-account-issuer=https://kubernetes.default.svc',
    '--service-account-key-file=service-accounts.key',
    '--service-account-signing-key-file=service-accounts.key',
    ...AUDIT_FLAGS,
  ];
}

/** Makes this process trust the certificate that the server made for itself. */
function trust(certificateFile: string): void {
  setDefaultCACertificates([...getCACertificates('default'), readFileSync(certificateFile, 'utf8')]);
}

/** A kubeconfig as JSON, which is YAML too. Relative paths in it start at its own folder. */
export function kubeconfigOf({ url, token }: Api, certificate: string): string {
  const cluster = { server: url, 'certificate-authority': certificate };
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'tests', cluster }],
    users: [{ name: 'tests', user: { token } }],
    contexts: [{ name: 'tests', context: { cluster: 'tests', user: 'tests' } }],
    'current-context': 'tests',
  });
}
