import type { CommandInput, Terminal } from '../../webhooks/verb.ts';

/** The output goes to another program. */
const NO_TERMINAL: Terminal = { width: undefined, hasColours: false, errorsHaveColours: false, progress: () => {} };

/** A terminal of this width, with colours. */
export const terminalOf = (width?: number): Terminal => ({
  ...NO_TERMINAL,
  width,
  hasColours: true,
  errorsHaveColours: true,
});

/** The input of the command with these arguments: no settings, no standard input, no cluster and no terminal, unless they are given. */
export const commandInput = (args: readonly string[], given: Partial<CommandInput> = {}): CommandInput => ({
  args,
  variables: {},
  readInput: () => '',
  kubectl: () => ({ outcome: 'failed', why: 'this test has no cluster' }),
  now: () => '2026-01-31T12:00:00Z',
  terminal: NO_TERMINAL,
  ...given,
});
