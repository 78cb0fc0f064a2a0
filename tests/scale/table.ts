import { columns } from '../bench/tables.ts';
import type { Figure } from './measure.ts';

const HEAD = [
  'what',
  'resources',
  'namespaces',
  'step',
  'done, s',
  'syncs',
  'customize calls',
  'writes',
  'Metacontroller, CPU s',
  'its peak, MB',
  'service, CPU s',
  'its peak, MB',
] as const;

/** The figures as a Markdown table. */
export function table(figures: readonly Figure[]): string {
  return columns(HEAD, figures.map(rowOf));
}

function rowOf({ what, count, namespaces, step, calls, writes, engine, service, ...times }: Figure): readonly string[] {
  const costs = [engine, service].flatMap(({ cpuSeconds, peakMb }) => [cpuSeconds.toFixed(1), `${peakMb}`]);
  const done = Math.max(times.doneSeconds, times.lastWriteSeconds).toFixed(1);
  const counts = [callsOf('sync', calls), callsOf('customize', calls), total(Object.values(writes))].map(String);
  return [what, `${count}`, `${namespaces}`, step, done, ...counts, ...costs];
}

/** The calls of a hook by all controllers, whatever they were answered. */
export function callsOf(hook: string, calls: Figure['calls']): number {
  return total(Object.entries(calls).flatMap(([key, count]) => (key.split(' ')[1] === hook ? [count] : [])));
}

function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
