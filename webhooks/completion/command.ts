import { Argument, Command } from 'commander';
import type { CommandOutput, Verb, VerbCall } from '../verb.ts';
import { completionsFor } from './completions.ts';
import { SCRIPTS, SHELLS, type Shell } from './scripts.ts';

const EXAMPLES = `
Examples:
  Bash, in ~/.bashrc:
    source <(agent-gateway-hooks completion bash)
  Zsh, in a folder of $fpath:
    $ agent-gateway-hooks completion zsh > "\${fpath[1]}/_agent-gateway-hooks"
  Fish:
    $ agent-gateway-hooks completion fish > ~/.config/fish/completions/agent-gateway-hooks.fish

For kubectl, nothing is to do: its own completion knows \`kubectl agent-gateway\`, if kubectl_complete-agent_gateway is on PATH.`;

/** The verb `completion`, which prints a script for a shell. */
export const completionVerb: Verb = { define: completionCommand, run: runCompletion };

function completionCommand(): Command {
  return new Command('completion')
    .description('Print a script that completes verbs, flags, their values and files in a shell.')
    .addArgument(new Argument('<shell>', 'the shell').choices(SHELLS))
    .addHelpText('after', EXAMPLES);
}

function runCompletion({ args: [shell] }: VerbCall): CommandOutput {
  return { code: 0, stdout: SCRIPTS[shell as Shell], stderr: '' };
}

/** Answers a script or kubectl. */
export function answerCompletion(program: Command, words: readonly string[]): CommandOutput {
  const { candidates, areFiles } = completionsFor(program, words);
  const lines = candidates.map(({ value, description }) => (description === '' ? value : `${value}\t${description}`));
  return { code: 0, stdout: [...lines, areFiles ? ':0' : ':4'].map((line) => `${line}\n`).join(''), stderr: '' };
}
