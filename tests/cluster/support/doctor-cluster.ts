import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { vi } from 'vitest';
import { runCommand } from '../../../webhooks/command/command.ts';
import { runKubectl } from '../../../webhooks/command/kubectl.ts';
import { LOOK_NAMES, lookAt } from '../../../webhooks/doctor/kinds.ts';
import { type RecordedCluster, slim } from '../../doctor/recorded-cluster.ts';
import { installChart } from '../../local-cluster/chart.ts';
import { STATUS_CLASS, startGatewayStatus } from '../../local-cluster/gateway-status.ts';
import { type LocalCluster, startLocalCluster } from '../../local-cluster/local-cluster.ts';
import { commandInput } from '../../support/command-input.ts';
import type { Manifest } from '../../support/helm.ts';
import { type Ran, runNode } from '../../support/run.ts';
import { mustApply } from './api.ts';
import { gatewayApiStandard, install, ours } from './crds.ts';
import { pasted } from './followed-page.ts';
import { kaosResource } from './kaos-resource.ts';
import { RECOMMENDED_FLAGS } from './metacontroller.ts';
import { changeStatus, makeNamespaces } from './objects.ts';
import { SERVICE_ACCOUNT } from './release.ts';

/** What `doctor --output json` prints. */
interface Report {
  readonly code: number | null;
  readonly notLookedAt: readonly { readonly resource: string; readonly why: string }[];
  readonly findings: readonly PrintedFinding[];
}

interface PrintedFinding {
  readonly severity: string;
  readonly state: string;
  readonly object: string;
  readonly seen: string;
  readonly mend: readonly string[];
}

type Finished = Pick<Ran, 'code' | 'stdout'>;

/** A cluster in which all is well, and what its users do. */
export interface DoctorCluster extends LocalCluster {
  readonly doctor: () => Promise<Finished>;
  /** What it finds now, or some minutes later. */
  readonly report: (minutesLater?: number) => Promise<Report>;
  /** The same for another user. */
  readonly reportTo: (user: string) => Promise<Report>;
  /** What kubectl prints about it, without what no check reads. */
  readonly recorded: () => RecordedCluster;
  /** Runs a command in a shell, in the folder of the project. */
  readonly run: (command: string) => Promise<string>;
}

/** A rollout and a sync take some seconds. */
export const PATIENCE = { timeout: 90_000, interval: 1000 };

/** No container runs here, so this object only says how Metacontroller was started. */
const ENGINE_OBJECT: Manifest = {
  apiVersion: 'apps/v1',
  kind: 'StatefulSet',
  metadata: {
    ...SERVICE_ACCOUNT,
    labels: { 'app.kubernetes.io/name': 'metacontroller' },
  } as Manifest['metadata'],
  spec: {
    replicas: 1,
    serviceName: '',
    selector: { matchLabels: { 'app.kubernetes.io/name': 'metacontroller' } },
    template: {
      metadata: { labels: { 'app.kubernetes.io/name': 'metacontroller' } },
      spec: {
        serviceAccountName: SERVICE_ACCOUNT.name,
        containers: [
          {
            name: 'metacontroller',
            image: 'ghcr.io/metacontroller/metacontroller:v4.17.2',
            args: ['--apply-strategy=server-side-apply', ...RECOMMENDED_FLAGS],
          },
        ],
      },
    },
  },
};

const RESOURCES: readonly Manifest[] = [
  kaosResource('ModelAPI', 'llm', { mode: 'Proxy', proxyConfig: { models: ['openai/*'] } }),
  kaosResource('Agent', 'lead', { modelAPI: 'llm', model: 'openai/gpt-4o' }),
  {
    apiVersion: 'runtime.agentic-layer.ai/v1alpha1',
    kind: 'AgentGateway',
    metadata: { name: 'public', namespace: 'team' },
    spec: {},
  },
];

/** Starts the cluster, and waits until doctor has nothing to say. */
export async function startDoctorCluster(say: (line: string) => void): Promise<DoctorCluster> {
  const cluster = await startLocalCluster(say);
  const { api } = cluster;
  await install(api, [...gatewayApiStandard(), ...ours('kaos-crds')]);
  const statuses = startGatewayStatus(api, say);
  await mustApply(api, [STATUS_CLASS]);
  await cluster.installEngine();
  await mustApply(api, [ENGINE_OBJECT]);
  await changeStatus(api, ENGINE_OBJECT, { replicas: 1, readyReplicas: 1 });
  await installChart(cluster, {
    gatewayPort: 80,
    values: { 'gatewayAPI.gatewayClassName': STATUS_CLASS.metadata.name },
  });
  await makeNamespaces(api, ['team']);
  await mustApply(api, RESOURCES);
  const folder = mkdtempSync(path.join(tmpdir(), 'doctor-'));
  const stop = async () => {
    await statuses.stop();
    await cluster.stop();
    rmSync(folder, { recursive: true });
  };
  const started: DoctorCluster = {
    ...cluster,
    stop,
    doctor: () => doctorOf(cluster, []),
    report: async (minutesLater) =>
      minutesLater === undefined
        ? reportOf(await doctorOf(cluster, ['--output', 'json']))
        : laterReport(cluster, minutesLater),
    reportTo: async (user) =>
      reportOf(await doctorOf(cluster, ['--output', 'json', '--context', contextOf(cluster, user)])),
    recorded: () => recordedOf(cluster),
    run: (command) => pasted(command, { cluster, ports: new Map() }, folder),
  };
  await isWell(started);
  return started;
}

/** As a process of its own: while kubectl runs, a call in this process would stop the programs that stand in for the cluster's. */
function doctorOf({ kubeconfig }: LocalCluster, flags: readonly string[]): Promise<Finished> {
  const args = ['webhooks/command/main.ts', 'doctor', '--kubeconfig', kubeconfig, ...flags];
  // There kubectl keeps what it has discovered.
  return runNode(args, { env: { HOME: path.dirname(kubeconfig) } });
}

/** Adds a context to the kubeconfig, in which the user of the tests is another one. */
function contextOf({ kubeconfig }: LocalCluster, name: string): string {
  const config = JSON.parse(readFileSync(kubeconfig, 'utf8'));
  const [{ user }] = config.users;
  const users = [...config.users, { name, user: { ...user, as: name } }];
  const contexts = [...config.contexts, { name, context: { cluster: 'tests', user: name } }];
  writeFileSync(kubeconfig, JSON.stringify({ ...config, users, contexts }));
  return name;
}

/** The same as if the clock were ahead. */
function laterReport({ kubeconfig }: LocalCluster, minutes: number): Report {
  const time = new Date(Date.now() + minutes * 60_000);
  const given = { kubectl: runKubectl, now: () => time.toISOString() };
  return reportOf(runCommand(commandInput(['doctor', '--kubeconfig', kubeconfig, '--output', 'json'], given)));
}

function recordedOf({ kubeconfig }: LocalCluster): RecordedCluster {
  const ask = (args: readonly string[]) => {
    const answer = runKubectl([...args, '--output=json', `--kubeconfig=${kubeconfig}`]);
    return answer.outcome === 'answered' && answer.stdout !== '' ? JSON.parse(answer.stdout) : { items: [] };
  };
  const { clientVersion, serverVersion } = ask(['version']);
  const looks = LOOK_NAMES.map((name) => {
    const { resource, args } = lookAt(name);
    return [name, slim(name, ask(['get', resource, ...args]).items)];
  });
  return {
    now: new Date().toISOString(),
    version: {
      clientVersion: { gitVersion: clientVersion.gitVersion },
      serverVersion: { gitVersion: serverVersion.gitVersion },
    },
    looks: Object.fromEntries(looks),
  };
}

function reportOf({ code, stdout }: Finished): Report {
  const { checks, notLookedAt } = JSON.parse(stdout) as Pick<Report, 'notLookedAt'> & {
    readonly checks: readonly Pick<Report, 'findings'>[];
  };
  return { code, notLookedAt, findings: checks.flatMap(({ findings }) => findings) };
}

/** Waits until doctor finds no error. Events of what was broken before are only warnings. */
export async function isWell({ report, doctor }: DoctorCluster): Promise<void> {
  await vi.waitFor(async () => {
    if ((await report()).code !== 0) {
      throw new Error((await doctor()).stdout);
    }
  }, PATIENCE);
}
