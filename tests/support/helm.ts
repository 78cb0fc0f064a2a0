import { spawnSync } from 'node:child_process';
import { parseAllDocuments } from 'yaml';
import { ROOT } from './run.ts';

const HELM = process.env['HELM'] || 'helm';

/** Helm is no npm package; where there is none, the tests of the chart say that they were skipped. */
export const hasHelm = spawnSync(HELM, ['version']).status === 0;

export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly [field: string]: unknown;
}

interface Templated {
  readonly manifests: readonly Manifest[];
  readonly stderr: string;
}

/** What `helm install kaos chart --namespace kaos-system` with these values would apply. */
export function template(values: Readonly<Record<string, string>> = {}, ...more: readonly string[]): Templated {
  const flags = Object.entries(values).flatMap(([name, value]) => ['--set', `${name}=${value}`]);
  const { stdout, stderr } = helm('template', 'kaos', 'chart', '--namespace', 'kaos-system', ...flags, ...more);
  return { manifests: parseAllDocuments(stdout).map((document) => document.toJS()), stderr };
}

export function helm(...args: string[]): { readonly stdout: string; readonly stderr: string } {
  return spawnSync(HELM, args, { cwd: ROOT, encoding: 'utf8' });
}
