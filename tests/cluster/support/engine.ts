import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Manifest, Values } from '../../support/helm.ts';
import { mustApply, remove } from './api.ts';
import { type ControlPlane, startControlPlane } from './control-plane.ts';
import { gatewayApiExperimental, install, metacontroller, upstream } from './crds.ts';
import { type HookService, startHookService } from './hook-service.ts';
import { type Strategy, startMetacontroller } from './metacontroller.ts';
import { freePort, type Running } from './processes.ts';
import { release } from './release.ts';
import { startWorkloads } from './workloads.ts';

/** A cluster with a Metacontroller that calls our hooks, and with pods for its Deployments. */
export interface Engine {
  readonly cluster: ControlPlane;
  /** The service that runs now. */
  readonly hooks: () => HookService;
  /**
   * Installs the chart or upgrades it to other values: starts a service with its settings and applies its objects. `variables`
   * replace settings.
   */
  readonly deploy: (values?: Values, variables?: Variables) => Promise<void>;
  /** Starts a service again after it was killed. */
  readonly restart: () => Promise<void>;
  /** The folder in which Metacontroller runs. */
  readonly folder: string;
  /** The whole log of Metacontroller. */
  readonly log: () => string;
  readonly stop: () => Promise<void>;
}

type Variables = Readonly<Record<string, string>>;

interface Options {
  readonly values?: Values;
  readonly flags?: readonly string[];
  /** Kinds that the cluster has besides, from before the chart is installed. */
  readonly definitions?: readonly Manifest[];
  /** Whether Deployments get pods. */
  readonly workloads?: boolean;
}

export async function startEngine(strategy: Strategy, options: Options = {}): Promise<Engine> {
  const { values, flags, definitions = [], workloads = true } = options;
  const cluster = await startControlPlane();
  const running: Running[] = [];
  const service = await deployable(cluster);
  const stop = async () => {
    await Promise.all([...running.map((program) => program.stop()), service.stop()]);
    await cluster.stop();
  };
  try {
    await install(cluster.api, [...gatewayApiExperimental(), ...upstream(), ...metacontroller(), ...definitions]);
    running.push(...(workloads ? await startWorkloads(cluster) : []));
    await service.deploy(values);
    const engine = await startMetacontroller(cluster, strategy, flags);
    running.push(engine);
    const { folder } = engine;
    return { cluster, ...service, folder, log: () => readFileSync(path.join(folder, 'log'), 'utf8'), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The functions that deploy, restart and stop the service, and deploy the chart's objects for Metacontroller. */
async function deployable(cluster: ControlPlane) {
  const port = await freePort();
  let hooks: HookService | undefined;
  let settings: Variables = {};
  let objects: readonly Manifest[] = [];
  const restart = async () => {
    hooks = await startHookService(port, { ...settings, SHUTDOWN_DELAY_SECONDS: '0' });
  };
  const deploy = async (values?: Values, variables: Variables = {}) => {
    const next = await release(cluster, `http://127.0.0.1:${port}`, values);
    await hooks?.stop();
    settings = { ...next.settings, ...variables };
    await restart();
    await mustApply(cluster.api, next.objects);
    const isGone = ({ kind, metadata }: Manifest) =>
      !next.objects.some((object) => object.kind === kind && object.metadata.name === metadata.name);
    await Promise.all(objects.filter(isGone).map((object) => remove(cluster.api, object)));
    objects = next.objects;
  };
  const current = () => {
    if (hooks === undefined) {
      throw new Error('the service was not deployed');
    }
    return hooks;
  };
  return { deploy, restart, hooks: current, stop: async () => hooks?.stop() };
}
