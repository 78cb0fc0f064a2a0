import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { messageOf } from '../../controllers/data/quote.ts';
import { comparison } from './against.ts';
import { type Flags, readFlags } from './flags.ts';
import { httpCases, measureHttp } from './measure-http.ts';
import { measureMemory, measureStart, memoryCases } from './measure-process.ts';
import { measureSync } from './measure-sync.ts';
import { page } from './page.ts';
import { plot } from './plot.ts';
import { type AnyFigure, type Report, reportOf } from './report.ts';
import { syncCases } from './sync-cases.ts';
import { tables } from './tables.ts';

/** Measures all cases and prints the tables. No time is a failure: who reads the ratios judges. */
const flags = readFlags(process.argv.slice(2));
const before = flags.against === undefined ? undefined : readReport(flags.against);
const report = flags.from === undefined ? reportOf(await measureAll(flags), flags.rounds) : readReport(flags.from);
for (const { title, text } of tables(report)) {
  process.stdout.write(`${title}\n\n${text}\n\n`);
}
if (before !== undefined) {
  process.stdout.write(`Against ${flags.against}\n\n${comparison(report, before)}\n`);
}
if (flags.output !== undefined) {
  write(report, flags.output);
}

async function measureAll(pace: Flags): Promise<readonly AnyFigure[]> {
  const figures: AnyFigure[] = [];
  for (const { name, measure } of chosen(jobs(pace), pace.only)) {
    process.stderr.write(`${name}\n`);
    figures.push(...(await measured(measure)));
  }
  return figures;
}

/** One that fails leaves the others their figures. */
async function measured(measure: Job['measure']): Promise<readonly AnyFigure[]> {
  try {
    const figure = await measure();
    return figure === undefined ? [] : [figure];
  } catch (error) {
    process.stderr.write(`${messageOf(error)}\n`);
    process.exitCode = 1;
    return [];
  }
}

function chosen(all: readonly Job[], only: readonly string[]): readonly Job[] {
  const wrong = only.find((part) => !all.some(({ name }) => name.includes(part)));
  if (wrong !== undefined) {
    process.stderr.write(`--only: '${wrong}' is not part of the name of a case\n`);
    process.exit(1);
  }
  return only.length === 0 ? all : all.filter(({ name }) => only.some((part) => name.includes(part)));
}

interface Job {
  readonly name: string;
  readonly measure: () => Promise<AnyFigure | undefined>;
}

function jobs(pace: Flags): readonly Job[] {
  const cases = syncCases(pace.sizes);
  const peer = process.env['PEER'];
  return [
    ...cases.map((each) => ({ name: `sync/${each.name}`, measure: () => measureSync(each, pace, peer) })),
    ...httpCases(cases).map((each) => ({ name: each.name, measure: () => measureHttp(each, pace) })),
    { name: 'start', measure: () => measureStart('start', pace) },
    ...memoryCases(cases).map((each) => ({ name: each.name, measure: () => measureMemory(each, pace) })),
  ];
}

function readReport(file: string): Report {
  return JSON.parse(readFileSync(file, 'utf8'));
}

function write(made: Report, folder: string): void {
  mkdirSync(folder, { recursive: true });
  const files = {
    'performance.json': `${JSON.stringify(made, null, 2)}\n`,
    'performance.md': page(made),
    'performance.svg': plot(made),
  };
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(path.join(folder, name), text);
  }
}
