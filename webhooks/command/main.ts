#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { environmentVariables } from '../render/setting-flags.ts';
import { runCommand } from './command.ts';

const name = calledName(path.basename(process.argv[1] ?? ''));
const { code, stdout, stderr } = runCommand(
  { args: process.argv.slice(2), variables: environmentVariables(), readInput: () => readFileSync(0, 'utf8') },
  name,
);
process.exitCode = code;
// A reader may have enough before the end, such as `head`.
process.stdout.on('error', () => process.exit(code));
process.stdout.write(stdout);
process.stderr.write(stderr);

/** kubectl runs a program `kubectl-agent_gateway` as `kubectl agent_gateway`. */
function calledName(file: string): string | undefined {
  return file.startsWith('kubectl-') ? file.replace('-', ' ') : undefined;
}
