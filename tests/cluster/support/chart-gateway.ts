import { execFileSync } from 'node:child_process';
import { parseAllDocuments } from 'yaml';
import type { Manifest } from '../../support/helm.ts';
import { ROOT } from '../../support/run.ts';
import { part } from './parts.ts';

/** The Gateway that the chart makes on request, of this class and with its listener at this port. */
export function chartGateway(gatewayClass: string, port: number): Manifest {
  const values = `gatewayAPI.enabled=true,gatewayAPI.createGateway=true,gatewayAPI.gatewayClassName=${gatewayClass}`;
  const flags = ['--namespace', 'kaos-system', '--set', `${values},gatewayAPI.listenerPort=${port}`];
  const text = execFileSync(part('helm'), ['template', 'hooks', 'chart', ...flags], { cwd: ROOT, encoding: 'utf8' });
  const objects: (Manifest | null)[] = parseAllDocuments(text).map((document) => document.toJS());
  const gateway = objects.find((object) => object?.kind === 'Gateway');
  if (!gateway) {
    throw new Error('the chart makes no Gateway');
  }
  return gateway;
}
