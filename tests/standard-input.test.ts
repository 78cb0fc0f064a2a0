import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';

/** Like the command: a package that it needs imports node:process, after which a read of a pipe no longer waits. */
const PROGRAM = `
import process from 'node:process';
import { readStandardInput } from './webhooks/command/standard-input.ts';
process.stdout.write(readStandardInput());
`;

it('standard input is read to its end, however slowly it is written', () => {
  const script = `(sleep 1; printf 'gr\\303'; sleep 1; printf '\\274n') | "$0" --input-type=module --eval "$1"`;
  expect(execFileSync('sh', ['-c', script, process.execPath, PROGRAM], { encoding: 'utf8' })).toBe('grün');
});
