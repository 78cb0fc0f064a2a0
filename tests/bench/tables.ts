import {
  type AnyFigure,
  type HttpFigure,
  inGroup,
  type MemoryFigure,
  type Report,
  type StartFigure,
  type SyncFigure,
} from './report.ts';
import { spreadText } from './spread.ts';

type Row = readonly string[];

/** The tables of a report, one for each group that has figures, with their titles. */
export function tables(report: Report): readonly { readonly title: string; readonly text: string }[] {
  const all = [
    { title: 'Calls in the process', text: columns(SYNC, inGroup(report, 'sync').map(syncRow)) },
    { title: 'Calls over HTTP', text: columns(HTTP, inGroup(report, 'http').map(httpRow)) },
    { title: 'From the start to ready', text: columns(START, inGroup(report, 'start').map(startRow)) },
    { title: 'Memory', text: columns(MEMORY, inGroup(report, 'memory').map(memoryRow)) },
  ];
  const groups = ['sync', 'http', 'start', 'memory'] as const satisfies readonly AnyFigure['group'][];
  return all.filter((_, index) => report.figures.some(({ group }) => group === groups[index]));
}

const SYNC: Row = ['case', 'body, KB', 'answer, KB', 'ms', 'floor, ms', 'ratio', 'peer, ms', "peer's ratio"];
const HTTP: Row = ['case', 'callers', 'calls/s', 'floor, calls/s', 'ratio', 'p50, ms', 'p99, ms', '429'];
const START: Row = ['case', 'ms', 'floor, ms', 'ratio'];
const MEMORY: Row = ['case', 'body, KB', 'peak, MB', 'steady, MB', 'bound, MB', 'floor, MB', 'ratio'];

function syncRow({ name, bodyBytes, answerBytes, ms, floorMs, ratio, peer }: SyncFigure): Row {
  const others = peer === undefined ? ['', ''] : [spreadText(peer.ms), spreadText(peer.ratio)];
  return [
    name,
    thousands(bodyBytes),
    thousands(answerBytes),
    spreadText(ms),
    spreadText(floorMs),
    spreadText(ratio),
    ...others,
  ];
}

function httpRow({ name, callers, perSecond, floorPerSecond, ratio, p50Ms, p99Ms, refused }: HttpFigure): Row {
  return [name, `${callers}`, ...[perSecond, floorPerSecond, ratio, p50Ms, p99Ms].map(spreadText), `${refused}`];
}

function startRow({ name, ms, floorMs, ratio }: StartFigure): Row {
  return [name, ...[ms, floorMs, ratio].map(spreadText)];
}

function memoryRow({ name, bodyBytes, peakMb, steadyMb, boundMb, floorPeakMb, ratio }: MemoryFigure): Row {
  const [peak, steady, floor, times] = [peakMb, steadyMb, floorPeakMb, ratio].map(spreadText);
  return [name, thousands(bodyBytes), peak ?? '', steady ?? '', `${boundMb}`, floor ?? '', times ?? ''];
}

function thousands(bytes: number): string {
  return (bytes / 1000).toFixed(1);
}

/** A Markdown table whose columns are aligned, so that it can be read in a terminal too. Empty columns are left out. */
export function columns(head: Row, rows: readonly Row[]): string {
  const used = head.map((_, column) => column).filter((column) => rows.some((row) => row[column] !== ''));
  const cells = [head, ...rows].map((row) => used.map((column) => row[column] ?? ''));
  const widths = used.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const line = (row: Row) => `| ${row.map((cell, column) => aligned(cell, column, widths)).join(' | ')} |`;
  const [first = [], ...rest] = cells;
  const rule = widths.map((width, column) => (column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`));
  return [line(first), line(rule), ...rest.map(line)].join('\n');
}

function aligned(cell: string, column: number, widths: readonly number[]): string {
  const width = widths[column] ?? 0;
  return column === 0 ? cell.padEnd(width) : cell.padStart(width);
}
