import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { missing } from './programs.ts';
import { CLUSTER, STEPS, type Step } from './steps.ts';

const ROOT = path.join(import.meta.dirname, '../..');

process.exitCode = run();

function run(): 0 | 1 {
  const why = missing();
  if (why.length > 0) {
    process.stderr.write(`npm run kind requires these programs:\n${why.map((line) => `- ${line}\n`).join('')}`);
    return 1;
  }
  const failed = STEPS.find((step) => !isDone(step));
  process.stdout.write(failed ? `\nStopped at: ${failed.says}.\n` : '\nDone. The cluster stays for you to look at.\n');
  process.stdout.write(`To remove it: kind delete cluster --name ${CLUSTER}\n`);
  return failed ? 1 : 0;
}

function isDone({ says, program, args }: Step): boolean {
  process.stdout.write(`\n${says}:\n  ${[program, ...args].join(' ')}\n`);
  return spawnSync(program, args, { cwd: ROOT, stdio: 'inherit' }).status === 0;
}
