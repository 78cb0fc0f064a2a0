import type { Command } from 'commander';
import type { Variables } from './settings/settings.ts';

/** A verb of the command `agent-gateway-hooks`, such as `render`. */
export interface Verb {
  /** Its arguments, flags and help. */
  readonly define: () => Command;
  readonly run: (call: VerbCall) => CommandOutput;
}

/** The input of a command. */
export interface CommandInput {
  /** The arguments after the name of the program. */
  readonly args: readonly string[];
  /** Settings from the environment. Flags override them. */
  readonly variables: Variables;
  /** Reads standard input to its end, for the path `-`. */
  readonly readInput: () => string;
  readonly terminal: Terminal;
}

/** What a person reads the output on. */
export interface Terminal {
  /** The number of columns; undefined if standard output goes to a file or another program. */
  readonly width: number | undefined;
  /** Whether lines may have colours: standard error is a terminal, and NO_COLOR is not set. */
  readonly hasColours: boolean;
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
