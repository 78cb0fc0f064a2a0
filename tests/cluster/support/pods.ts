import { expanded } from '../../support/expanded.ts';
import type { Manifest } from '../../support/helm.ts';
import { dataOf, type EnvFrom, type Environment, type EnvVar, environmentOf } from './container-environment.ts';
import { isAnswered, type Probe } from './probes.ts';
import { type Running, ready, start } from './processes.ts';

/** The pod of a Deployment: its one container, with its own loopback address. */
export interface Pod {
  /** The name of its Deployment. */
  readonly name: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly ip: string;
  readonly container: Container;
  readonly volumes: readonly Volume[];
}

interface Container {
  readonly image: string;
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly env: readonly EnvVar[];
  readonly envFrom?: readonly EnvFrom[];
  readonly ports: readonly { readonly name: string; readonly containerPort: number }[];
  readonly livenessProbe: Probe;
  readonly readinessProbe: Probe;
  readonly volumeMounts?: readonly { readonly name: string; readonly mountPath: string }[];
}

interface Volume {
  readonly name: string;
  readonly configMap?: { readonly name: string };
  readonly secret?: { readonly secretName: string; readonly items: readonly Item[] };
}

/** A key of a Secret, and the file for its value. */
interface Item {
  readonly key: string;
  readonly path: string;
}

interface Template {
  readonly metadata: { readonly labels: Readonly<Record<string, string>> };
  readonly spec: {
    readonly containers: readonly [Omit<Container, 'env'> & Partial<Container>];
    readonly volumes?: readonly Volume[];
  };
}

/** The pods of all Deployments, one for each. */
export function podsOf(objects: readonly Manifest[]): Pod[] {
  const network = loopbackNetwork();
  return objects
    .filter(({ kind }) => kind === 'Deployment')
    .map((deployment, index) => {
      const { name, namespace = '' } = deployment.metadata;
      const { metadata, spec } = (deployment['spec'] as { readonly template: Template }).template;
      const { containers, volumes = [] } = spec;
      const ip = `${network}.${index + 1}`;
      return { name, namespace, labels: metadata.labels, ip, container: { env: [], ...containers[0] }, volumes };
    });
}

/** A new network of loopback addresses: with one address each, pods can listen on the same port. */
export function loopbackNetwork(): string {
  const octet = () => 1 + Math.floor(Math.random() * 254);
  return `127.${octet()}.${octet()}`;
}

/** A stand-in for an image: the program that it starts, which listens on one address, and the image's variables. */
export interface Image {
  readonly command: readonly string[];
  readonly env: Environment;
}

interface Surroundings {
  readonly images: Readonly<Record<string, (ip: string) => Image>>;
  /** They include the ConfigMaps and Secrets to which pods refer. */
  readonly objects: readonly Manifest[];
}

/**
 * Runs a pod's container with only what the Deployment and the image give it. Waits until it is ready. `started` gets the
 * program before that.
 */
export async function runPod(
  pod: Pod,
  { images, objects }: Surroundings,
  started: (running: Running) => void = () => undefined,
): Promise<Running> {
  const { image, env, envFrom = [], args = [], readinessProbe } = pod.container;
  const imageAt = images[image];
  if (imageAt === undefined) {
    throw new Error(`${pod.name}: image ${image} is missing among ${Object.keys(images)}`);
  }
  const { command, env: own } = imageAt(pod.ip);
  const given = environmentOf(env, objects, envFrom);
  const variables = Object.entries({ ...own, ...given }).map(([name, value]) => `${name}=${value}`);
  const inContainer = (words: readonly string[]) => words.map((word) => inItsFolder(expanded(word, given), pod));
  const program = pod.container.command === undefined ? command : inContainer(pod.container.command);
  const running = start('env', ['-i', ...variables, ...program, ...inContainer(args)], mountedFiles(pod, objects));
  started(running);
  await ready(running, () => isAnswered(pod, readinessProbe));
  return running;
}

/** Turns a path below a mount into a path in the folder in which the program runs. */
function inItsFolder(arg: string, { container }: Pod): string {
  const mount = container.volumeMounts?.find(({ mountPath }) => arg.startsWith(`${mountPath}/`));
  return mount ? arg.slice(mount.mountPath.length + 1) : arg;
}

/** The files that the container mounts. */
export function mountedFiles({ container, volumes }: Pod, objects: readonly Manifest[]): Environment {
  const mounted = volumes.filter(({ name }) => container.volumeMounts?.some((mount) => mount.name === name));
  return Object.assign({}, ...mounted.map((volume) => filesOf(volume, objects)));
}

function filesOf({ configMap, secret }: Volume, objects: readonly Manifest[]): Environment {
  if (secret === undefined) {
    return dataOf({ kind: 'ConfigMap', name: configMap?.name }, objects);
  }
  const data = dataOf({ kind: 'Secret', name: secret.secretName }, objects);
  return Object.fromEntries(secret.items.map(({ key, path }) => [path, data[key] ?? '']));
}
