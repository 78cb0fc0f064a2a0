import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import path from 'node:path';
import { processMemory } from '../support/process-memory.ts';

/** What the programs that run in a folder have used so far. */
export interface ProcessCost {
  readonly cpuSeconds: number;
  /** The most memory that they had. */
  readonly peakMb: number;
}

/** The clock ticks of a second in `/proc`, which are 100 on all common machines. */
const TICKS = 100;
/** The shell that keeps a program, and its watcher. */
const KEEPERS = new Set(['sh', 'dash', 'bash', 'sleep', 'cat']);

/** Reads the cost of the programs in a folder from `/proc`. */
export function costOf(folder: string): ProcessCost {
  const costs = pidsIn(folder).map((pid) => ({ cpuSeconds: cpuSeconds(pid), peakMb: peakMb(pid) }));
  return {
    cpuSeconds: sum(costs.map((cost) => cost.cpuSeconds)),
    peakMb: sum(costs.map((cost) => cost.peakMb)),
  };
}

function pidsIn(folder: string): readonly string[] {
  return readdirSync('/proc').filter((pid) => /^\d+$/.test(pid) && isProgramIn(pid, folder));
}

function isProgramIn(pid: string, folder: string): boolean {
  return linkAt(pid, 'cwd') === folder && !KEEPERS.has(path.basename(linkAt(pid, 'exe')));
}

/** A process may end at any moment, and those of others cannot be read. */
function linkAt(pid: string, name: string): string {
  try {
    return readlinkSync(`/proc/${pid}/${name}`);
  } catch {
    return '';
  }
}

/** The fields after the name of the program, which may have spaces: the 12th and 13th are the ticks of user and system. */
function cpuSeconds(pid: string): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS;
}

function peakMb(pid: string): number {
  return processMemory(pid, 'VmHWM') / 1e6;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
