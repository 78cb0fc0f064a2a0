#!/usr/bin/env node
import path from 'node:path';
import { COMPLETE } from '../completion/scripts.ts';
import { environmentVariables } from '../evaluate/setting-flags.ts';
import { processVariables } from '../settings/settings.ts';
import type { Terminal } from '../verb.ts';
import { currentTime } from '../wire/current-time.ts';
import { runCommand } from './command.ts';
import { runKubectl } from './kubectl.ts';
import { progressOn } from './progress.ts';
import { readStandardInput } from './standard-input.ts';

/** kubectl runs this program to complete words after `kubectl agent_gateway`. */
const KUBECTL_COMPLETION = 'kubectl_complete-agent_gateway';

const called = path.basename(process.argv[1] ?? '');
const progress = progressOn(process.stderr);
const { code, stdout, stderr } = runCommand(
  {
    args: called === KUBECTL_COMPLETION ? [COMPLETE, ...process.argv.slice(2)] : process.argv.slice(2),
    variables: environmentVariables(),
    readInput: readStandardInput,
    kubectl: runKubectl,
    now: currentTime,
    terminal: terminalOf(progress.show),
  },
  calledName(called),
);
progress.clear();
process.exitCode = code;
// A reader may have enough before the end, such as `head`.
process.stdout.on('error', () => process.exit(code));
process.stdout.write(stdout);
process.stderr.write(stderr);

/** kubectl runs a program `kubectl-agent_gateway` as `kubectl agent_gateway`. */
function calledName(file: string): string | undefined {
  return file.startsWith('kubectl-') ? file.replace('-', ' ') : undefined;
}

/** https://no-color.org: any text in NO_COLOR turns colours off. */
function terminalOf(progress: Terminal['progress']): Terminal {
  const { stdout: out, stderr: errors } = process;
  const mayColour = !processVariables()['NO_COLOR'];
  return {
    // Some terminals do not know their width.
    width: out.isTTY ? out.columns || undefined : undefined,
    hasColours: out.isTTY === true && mayColour,
    errorsHaveColours: errors.isTTY === true && mayColour,
    progress,
  };
}
