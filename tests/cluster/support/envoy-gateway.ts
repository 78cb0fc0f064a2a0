import { renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import type { Manifest } from '../../support/helm.ts';
import { part } from './parts.ts';
import { canListen, freePort, type Running, ready, start } from './processes.ts';

/** An Envoy Gateway that reads its objects from a file and runs Envoy on this machine. */
export interface EnvoyGateway {
  readonly url: string;
  /** The last status that it reported for the HTTPRoute `namespace/name`. */
  readonly routeStatus: (route: string) => RouteStatus | undefined;
  /** Takes over other objects, without a pause for those that stay. */
  readonly replace: (objects: readonly Manifest[]) => void;
  /** The calls in Envoy's access log, which is some seconds late. */
  readonly calls: () => readonly GatewayCall[];
  readonly stop: () => Promise<void>;
}

interface RouteStatus {
  readonly parents: readonly RouteParentStatus[];
}

export interface RouteParentStatus {
  readonly conditions: readonly Condition[];
}

interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason: string;
  readonly message: string;
}

/** A line of Envoy's access log, with Envoy's own field names. */
interface GatewayCall {
  readonly 'user-agent': string;
  readonly 'x-request-id': string;
  /** Such as `httproute/research/agent-lead/rule/0/match/0/*`. */
  readonly route_name: string;
  readonly upstream_host: string;
}

/** The class of the Gateways that it serves. */
export const GATEWAY_CLASS = 'envoy-gateway';

const CONTROLLER = 'gateway.envoyproxy.io/gatewayclass-controller';
/** The name of the folder in which Envoy Gateway looks for Envoy; it would download Envoy otherwise. */
const ENVOY_VERSION = '1.40.0';
/** The port at which Envoy gets its configuration from Envoy Gateway. No setting changes it. */
export const XDS_PORT = 18_000;

/** Makes certificates for Envoy Gateway, puts Envoy where it looks for it, and starts it with a HOME for its cache. */
const SCRIPT = `
export HOME="$PWD"
mkdir -p data/envoy-versions/${ENVOY_VERSION}/bin
ln -s "$2" data/envoy-versions/${ENVOY_VERSION}/bin/envoy
"$1" certgen --local --config-home config
exec "$1" server --config-path gateway.json`;

/** Starts an Envoy Gateway with these objects; a Gateway among them listens on the port. */
export async function startEnvoyGateway(objects: readonly Manifest[], port: number): Promise<EnvoyGateway> {
  if (!(await canListen(XDS_PORT))) {
    throw new Error(`Envoy Gateway needs port ${XDS_PORT}, which is in use; stop the program that listens on it`);
  }
  const files = {
    'gateway.json': JSON.stringify(await configuration()),
    [OBJECTS]: objectsFile(objects),
  };
  const running = start('sh', ['-ec', SCRIPT, 'sh', part('envoy-gateway'), part('envoy')], files);
  const url = `http://127.0.0.1:${port}`;
  // Envoy listens once it has its routes. Most tests have none for this path, and a catch-all leads to a backend that answers.
  await ready(running, async () => (await fetch(url)).status < 500);
  return {
    url,
    routeStatus: reportsOf(running),
    replace: (others) => replaceFile(path.join(running.folder, OBJECTS), objectsFile(others)),
    calls: () => callsOf(running),
    stop: running.stop,
  };
}

/** The file from which Envoy Gateway reads its objects, and reads them again when it changes. */
const OBJECTS = 'objects.yaml';

function objectsFile(objects: readonly Manifest[]): string {
  return [...CLASS, ...objects].map((object) => JSON.stringify(object)).join('\n---\n');
}

/** Replaces a file at once, so that nobody reads a half of it. */
function replaceFile(file: string, text: string): void {
  writeFileSync(`${file}.next`, text);
  renameSync(`${file}.next`, file);
}

async function configuration(): Promise<object> {
  return {
    apiVersion: 'gateway.envoyproxy.io/v1alpha1',
    kind: 'EnvoyGateway',
    gateway: { controllerName: CONTROLLER },
    provider: {
      type: 'Custom',
      custom: {
        resource: { type: 'File', file: { paths: [OBJECTS] } },
        infrastructure: {
          type: 'Host',
          host: { configHome: 'config', dataHome: 'data', stateHome: 'state', runtimeDir: 'runtime' },
        },
      },
    },
    extensionApis: { enableBackend: true },
    // Logs a line for each status, because it has nowhere else to write the status.
    logging: { level: { default: 'info' }, encoder: 'JSON' },
    admin: { address: { host: '127.0.0.1', port: await freePort() } },
    telemetry: { metrics: { prometheus: { disable: true } } },
  };
}

const CLASS: readonly Manifest[] = [
  {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'GatewayClass',
    metadata: { name: GATEWAY_CLASS },
    spec: {
      controllerName: CONTROLLER,
      parametersRef: { group: 'gateway.envoyproxy.io', kind: 'EnvoyProxy', name: 'envoy', namespace: 'default' },
    },
  },
  {
    apiVersion: 'gateway.envoyproxy.io/v1alpha1',
    kind: 'EnvoyProxy',
    metadata: { name: 'envoy', namespace: 'default' },
    spec: { provider: { type: 'Host', host: { envoyVersion: ENVOY_VERSION } } },
  },
];

const REPORT = 'Got new status for HTTPRoute\n';

/** The last status of each route in the log, which grows with each call: what was read once is not read again. */
function reportsOf({ log }: Running): (route: string) => RouteStatus | undefined {
  const reports = new Map<string, RouteStatus>();
  let read = 0;
  return (route) => {
    const text = log();
    const end = text.lastIndexOf('\n') + 1;
    for (const { key, msg } of text.slice(read, end).split('\n').map(logged)) {
      if (key !== undefined && msg?.startsWith(REPORT)) {
        reports.set(key, parse(msg.slice(REPORT.length)));
      }
    }
    read = Math.max(read, end);
    return reports.get(route);
  };
}

/** Parses a line of the log. The log also has lines of Envoy, which are not JSON. */
function logged(line: string): { readonly key?: string; readonly msg?: string } {
  return line.startsWith('{"level"') && line.endsWith('}') ? JSON.parse(line) : {};
}

function callsOf({ log }: Running): readonly GatewayCall[] {
  const lines = log().split('\n');
  return lines.filter((line) => line.startsWith('{":authority"') && line.endsWith('}')).map((line) => JSON.parse(line));
}
