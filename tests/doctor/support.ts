import { runCommand } from '../../webhooks/command/command.ts';
import type { CommandOutput } from '../../webhooks/verb.ts';
import { commandInput } from '../support/command-input.ts';
import { kubectlOf, type RecordedCluster } from './recorded-cluster.ts';

/** Runs doctor on a recorded cluster. */
export function doctor(cluster: RecordedCluster, ...flags: readonly string[]): CommandOutput {
  const given = { kubectl: kubectlOf(cluster), now: () => cluster.now };
  return runCommand(commandInput(['doctor', ...flags], given));
}

export interface FoundFinding {
  readonly severity: string;
  readonly state: string;
  readonly object: string;
  readonly seen: string;
  readonly expected: string;
  readonly mend: readonly string[];
  /** Commands that change nothing. */
  readonly look: readonly string[];
  readonly page: string;
}

interface Printed {
  readonly checks: readonly {
    readonly title: string;
    readonly verdict: string;
    readonly findings: readonly FoundFinding[];
  }[];
  readonly notLookedAt: readonly { readonly resource: string; readonly why: string }[];
}

/** What `doctor --output json` prints. */
export function printed(cluster: RecordedCluster): Printed {
  return JSON.parse(doctor(cluster, '--output', 'json').stdout);
}

export function findings(cluster: RecordedCluster): readonly FoundFinding[] {
  return printed(cluster).checks.flatMap((check) => check.findings);
}
