import { spawn, spawnSync } from 'node:child_process';
import { type Need, needing } from './needing.ts';
import { finished } from './run.ts';

const KUBECTL = process.env['KUBECTL'] || 'kubectl';

/** kubectl is not an npm package, so it may be missing. */
export const KUBECTL_NEED: Need = {
  name: 'KUBECTL',
  found: spawnSync(KUBECTL, ['version', '--client']).status === 0,
};

/** For tests that compare our merge with that of kubectl. */
export const withKubectl = needing(KUBECTL_NEED);

/** Applies one strategic merge patch to each PodSpec with `kubectl patch`, without a cluster. */
export async function strategicallyMerged(podSpecs: readonly object[], override: object): Promise<readonly object[]> {
  const items = podSpecs.map((spec) => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'x' }, spec }));
  const patch = JSON.stringify({ spec: override });
  const child = spawn(KUBECTL, ['patch', '--local', '--type=strategic', '--output=json', '--filename=-', '-p', patch]);
  const { code, stdout, stderr } = await finished(child, JSON.stringify({ apiVersion: 'v1', kind: 'List', items }));
  if (code !== 0) {
    throw new Error(stderr);
  }
  // kubectl prints the objects in a row; the braces of each stand at the start of a line.
  return stdout.split(/^(?=\{)/m).map((text) => JSON.parse(text).spec);
}
