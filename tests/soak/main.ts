import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { METACONTROLLER_NEEDS } from '../cluster/support/metacontroller.ts';
import { readFlags } from './flags.ts';
import { page } from './report/page.ts';
import { plot } from './report/plot.ts';
import { failures, type Report } from './report/report.ts';
import { soak } from './run.ts';

/** Runs for minutes, prints what was found, and fails if a child was lost or wrong. */
const hasMetacontroller = METACONTROLLER_NEEDS.every(({ found }) => found);
const flags = readFlags(process.argv.slice(2), hasMetacontroller);
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => process.exit(1));
}
const say = (line: string) => process.stderr.write(`${line}\n`);
if (flags.from === undefined) {
  say(`${flags.minutes} minutes with the ${flags.engine}, seed ${flags.seed}, ${flags.replicas} replicas`);
}
const report: Report = flags.from === undefined ? await soak(flags, say) : JSON.parse(readFileSync(flags.from, 'utf8'));
const { perMinute, ...summary } = report;
process.stdout.write(`${JSON.stringify(summary, null, 2)}\n`);
if (flags.output !== undefined) {
  write(report, flags.output);
}
for (const failure of failures(report)) {
  say(failure);
  process.exitCode = 1;
}

function write(made: Report, folder: string): void {
  mkdirSync(folder, { recursive: true });
  const files = { 'soak.json': `${JSON.stringify(made, null, 2)}\n`, 'soak.md': page(made), 'soak.svg': plot(made) };
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(path.join(folder, name), text);
  }
}
