import { execFileSync } from 'node:child_process';
import { parseAllDocuments } from 'yaml';
import type { Manifest } from '../../support/helm.ts';
import { ROOT } from '../../support/run.ts';
import { part } from './parts.ts';

/** The Gateway that the chart makes if it is enabled, of this class and with its listener at this port. */
export function chartGateway(gatewayClass: string, port: number): Manifest {
  const values = `gatewayAPI.enabled=true,gatewayAPI.createGateway=true,gatewayAPI.gatewayClassName=${gatewayClass}`;
  return chartObject('Gateway', `${values},gatewayAPI.listenerPort=${port}`);
}

/** The route and the policies by which Envoy checks tokens and limits from the start. */
export function accessGuard(): readonly Manifest[] {
  const values = 'gatewayAPI.enabled=true,gatewayAPI.accessDialect=envoy-gateway';
  const name = 'hooks-agent-gateway-hooks-access-guard';
  return ['HTTPRoute', 'SecurityPolicy', 'BackendTrafficPolicy'].map((kind) => chartObject(kind, values, name));
}

/** The runtimes of MCPServers that the chart brings. */
export function chartRuntimes(): Manifest {
  return chartObject('ConfigMap', 'kaosRuntime.enabled=true', 'kaos-mcp-runtimes');
}

function chartObject(kind: string, values: string, name?: string): Manifest {
  const flags = ['--namespace', 'kaos-system', '--set', values];
  const text = execFileSync(part('helm'), ['template', 'hooks', 'chart', ...flags], { cwd: ROOT, encoding: 'utf8' });
  const objects: (Manifest | null)[] = parseAllDocuments(text).map((document) => document.toJS());
  const found = objects.find(
    (object) => object?.kind === kind && (name ?? object.metadata.name) === object.metadata.name,
  );
  if (!found) {
    throw new Error(`the chart makes no ${kind} ${name ?? ''}`);
  }
  return found;
}
