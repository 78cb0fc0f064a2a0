import { writeFileSync } from 'node:fs';
import { METACONTROLLER_NEEDS } from '../cluster/support/metacontroller.ts';
import { readFlags } from './flags.ts';
import type { Figure } from './measure.ts';
import { runScale } from './run.ts';
import { table } from './table.ts';

/** Measures one case and prints its table. No figure is a failure: who reads them judges. */
const { scaleCase, output, ...size } = readFlags(process.argv.slice(2));
const missing = METACONTROLLER_NEEDS.filter(({ found }) => !found);
if (missing.length > 0) {
  process.stderr.write(`npm run scale needs ${missing.map(({ name }) => name).join(' and ')}\n`);
  process.exit(1);
}
const figures: Figure[] = [];
await runScale(scaleCase, { ...size, say });
process.stdout.write(`${table(figures)}\n`);

/** A large run can fail late, so each figure is written at once. */
function say(figure: Figure): void {
  figures.push(figure);
  process.stderr.write(`${JSON.stringify(figure)}\n`);
  if (output !== undefined) {
    writeFileSync(output, `${JSON.stringify(figures, null, 2)}\n`);
  }
}
