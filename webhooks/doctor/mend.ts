import type { Release } from './release.ts';
import type { Command } from './shell.ts';

/** The cluster that flags name, for commands that are printed. */
export interface Target {
  readonly context: string | undefined;
  readonly kubeconfig: string | undefined;
}

/** A command with the flags that the user gave to select the cluster. */
export function inTarget(command: Command, { context, kubeconfig }: Target): Command {
  const flag = command[0] === 'helm' ? '--kube-context' : '--context';
  const more = [
    ...(context === undefined ? [] : [`${flag}=${context}`]),
    ...(kubeconfig === undefined ? [] : [`--kubeconfig=${kubeconfig}`]),
  ];
  return ['kubectl', 'helm'].includes(command[0]) ? [...command, ...more] : command;
}

/** An upgrade that keeps the values of a release, and makes its objects again as they should be. */
export function helmUpgrade({ name, namespace, needsForce }: Release, ...values: readonly string[]): Command {
  const sets = values.flatMap((value) => ['--set', value]);
  const force = needsForce ? ['--force-conflicts'] : [];
  return helm('upgrade', name, CHART, '--namespace', namespace, '--reset-then-reuse-values', ...force, ...sets);
}

/** As the documents have it, for commands in a copy of the project. */
const CHART = 'chart';

export const kubectl = (...args: readonly string[]): Command => ['kubectl', ...args];
export const helm = (...args: readonly string[]): Command => ['helm', ...args];
