import { type Command, Option } from 'commander';
import type { Kubectl, VerbCall } from '../verb.ts';

/** A cluster that flags name, and the release of the chart in it. */
export interface ClusterChoice {
  /** kubectl with the flags that select the cluster. */
  readonly kubectl: Kubectl;
  /** `namespace/name`; undefined for the only one. */
  readonly release: string | undefined;
}

/** Adds the flags that select a cluster, as kubectl has them. */
export function addClusterFlags(command: Command): void {
  const clusterOption = (flags: string, description: string) => new Option(flags, description).helpGroup('Cluster:');
  command
    .addOption(clusterOption('--context <name>', 'context of the kubeconfig'))
    .addOption(clusterOption('--kubeconfig <file>', 'path of the kubeconfig'))
    .addOption(clusterOption('--release <namespace/name>', 'release of the chart, if the cluster has several'));
}

/** The cluster of these flags. kubectl itself says what is wrong with them. */
export function clusterChoice({ kubectl, flags }: VerbCall): ClusterChoice {
  const given = ['context', 'kubeconfig'].flatMap((name) =>
    typeof flags[name] === 'string' ? [`--${name}=${flags[name]}`] : [],
  );
  return {
    kubectl: (args) => kubectl([...args, ...given]),
    release: typeof flags['release'] === 'string' ? flags['release'] : undefined,
  };
}
