import { spawn } from 'node:child_process';
import { parseAllDocuments } from 'yaml';
import type { Manifest } from '../../support/helm.ts';
import { finished, ROOT } from '../../support/run.ts';
import type { ControlPlane } from './control-plane.ts';
import { part } from './parts.ts';

interface Target extends Pick<ControlPlane, 'kubeconfig'> {
  /** Ends helm. */
  readonly signal?: AbortSignal;
}

/** Runs helm against a control plane. Any output on standard error counts as a failure. */
export async function helm({ kubeconfig, signal }: Target, ...args: readonly string[]): Promise<string> {
  const env = { ...process.env, KUBECONFIG: kubeconfig };
  const running = spawn(part('helm'), args, { cwd: ROOT, env, ...(signal && { signal }) });
  const { code, stdout, stderr } = await finished(running);
  if (code !== 0 || stderr !== '') {
    throw new Error(`helm ${args.join(' ')}: ended with ${code}: ${stderr}`);
  }
  return stdout;
}

/** The objects of a release, without its hooks. */
export async function releaseObjects(cluster: ControlPlane, name: string, namespace: string): Promise<Manifest[]> {
  const text = await helm(cluster, 'get', 'manifest', name, '--namespace', namespace);
  return parseAllDocuments(text)
    .map((document) => document.toJS())
    .filter((object) => object !== null)
    .map((object: Manifest) => ({ ...object, metadata: { namespace, ...object.metadata } }));
}
