import path from 'node:path';
import { type Need, needing } from '../../support/needing.ts';
import { upstreamNeed } from '../../support/upstream.ts';
import { type ControlPlane, kubeconfigOf } from './control-plane.ts';
import { metacontroller as definitions } from './crds.ts';
import { freePort, type Running, ready, start } from './processes.ts';
import { SERVICE_ACCOUNT } from './release.ts';
import { serviceAccountToken } from './service-account.ts';

const { METACONTROLLER = '' } = process.env;

/** Metacontroller is in no package registry, and its CRDs are upstream data. */
export const METACONTROLLER_NEEDS: readonly Need[] = [
  { name: 'METACONTROLLER', found: METACONTROLLER !== '' },
  upstreamNeed(definitions().length > 0),
];

/** Skips tests if Metacontroller is missing. */
export const withMetacontroller = needing(...METACONTROLLER_NEEDS);

/** The user name of Metacontroller in the API server's audit log. */
export const ENGINE_USER = `system:serviceaccount:${SERVICE_ACCOUNT.namespace}:${SERVICE_ACCOUNT.name}`;

/** The flags that the README recommends. */
export const RECOMMENDED_FLAGS = ['--client-go-qps=200', '--client-go-burst=400', '--workers=20'];
/** The defaults of Metacontroller: 5 requests a second, 10 at once, 5 workers. */
export const DEFAULT_FLAGS: readonly string[] = [];

export const STRATEGIES = ['server-side-apply', 'dynamic-apply'] as const;
export type Strategy = (typeof STRATEGIES)[number];

/** Starts Metacontroller with only the rights of its service account. */
export async function startMetacontroller(
  { api, kubeconfig }: ControlPlane,
  strategy: Strategy,
  flags: readonly string[] = RECOMMENDED_FLAGS,
  env: Readonly<Record<string, string>> = {},
): Promise<Running> {
  const certificate = path.join(path.dirname(kubeconfig), 'certificates/apiserver.crt');
  const own = kubeconfigOf({ url: api.url, token: await serviceAccountToken(api, SERVICE_ACCOUNT) }, certificate);
  const [health, metrics] = [await freePort(), await freePort()];
  const args = [
    '--kubeconfig=kubeconfig',
    `--apply-strategy=${strategy}`,
    '--discovery-interval=5s',
    `--health-probe-bind-address=127.0.0.1:${health}`,
    `--metrics-address=127.0.0.1:${metrics}`,
    ...flags,
  ];
  const running = start(METACONTROLLER, args, { kubeconfig: own }, env);
  await ready(running, async () => (await fetch(`http://127.0.0.1:${health}/readyz`)).ok);
  return running;
}
