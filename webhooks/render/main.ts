import { readFileSync } from 'node:fs';
import { renderCommand } from './command.ts';
import { environmentVariables } from './setting-flags.ts';

const { code, stdout, stderr } = renderCommand({
  args: process.argv.slice(2),
  variables: environmentVariables(),
  readInput: () => readFileSync(0, 'utf8'),
});
process.stdout.write(stdout);
process.stderr.write(stderr);
process.exitCode = code;
