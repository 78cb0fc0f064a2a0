import type { Command } from 'commander';
import type { Variables } from './settings/settings.ts';

/** A verb of the command `agent-gateway-hooks`, such as `render`. */
export interface Verb {
  /** Its arguments, flags and help. */
  readonly define: () => Command;
  readonly run: (call: VerbCall) => CommandOutput;
  /** The exit code for arguments that are not valid; 1 by default. */
  readonly usageErrorCode?: number;
}

/** The input of a command. */
export interface CommandInput {
  /** The arguments after the name of the program. */
  readonly args: readonly string[];
  /** Settings from the environment. Flags override them. */
  readonly variables: Variables;
  /** Reads standard input to its end, for the path `-`. */
  readonly readInput: () => string;
  readonly kubectl: Kubectl;
  /** The time of the call, in the format of Kubernetes: `2026-01-31T12:00:00Z`. */
  readonly now: () => string;
  readonly terminal: Terminal;
}

/** Runs kubectl with these arguments: the cluster, the user and the plugins are those that the user's own calls have. */
export type Kubectl = (args: readonly string[]) => KubectlAnswer;

/** What kubectl printed, or why it failed, in its own words. */
export type KubectlAnswer =
  | { readonly outcome: 'answered'; readonly stdout: string }
  | { readonly outcome: 'failed'; readonly why: string };

/** What a person reads the output on. */
export interface Terminal {
  /** The number of columns; undefined if standard output goes to a file or another program. */
  readonly width: number | undefined;
  /** Whether standard output may have colours: it is a terminal, and NO_COLOR is not set. */
  readonly hasColours: boolean;
  /** Whether standard error may have colours. */
  readonly errorsHaveColours: boolean;
  /** Shows on a terminal what is being done, such as `reading the cluster`, until the next step or the end. */
  readonly progress: (step: string) => void;
}

/** The input of a verb: what remains of the arguments, and the flags by their names. */
export interface VerbCall extends CommandInput {
  readonly flags: Readonly<Record<string, unknown>>;
}

/** The output of a command: the exit code and the texts to print. */
export interface CommandOutput {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The output of a call that is refused for one reason: a flag, an argument or a file that is not valid. */
export function failed(line: string, code = 1): CommandOutput {
  return { code, stdout: '', stderr: `error: ${line}\n` };
}
