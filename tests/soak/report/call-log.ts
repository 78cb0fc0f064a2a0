import { quantile, rounded } from '../../bench/spread.ts';

/** What the log lines of all replicas say about their calls. */
export interface CallLog {
  readonly hear: (replica: number, line: string) => void;
  /** The calls since the last minute was taken. */
  readonly takeMinute: () => MinuteOfCalls;
  readonly byCode: () => Readonly<Record<string, number>>;
  /** When a parent was last answered with 200, by the clock of `performance.now`; undefined if never. */
  readonly answeredAt: (parent: string) => number | undefined;
  /** Lines about defects of the service, and the end of processes by themselves. */
  readonly defects: () => readonly string[];
}

export interface MinuteOfCalls {
  readonly calls: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

interface Line {
  readonly level?: string;
  readonly msg?: string;
  readonly hook?: string;
  readonly kind?: string;
  readonly namespace?: string;
  readonly name?: string;
  readonly code?: number;
  readonly ms?: number;
}

/** The lines about calls: the first for hooks, the second for callers without a valid token. */
const CALLS = ['hook call', 'unauthorized'];
/** Half of a pair of files is a failure that the next look mends. */
const EXPECTED_ERRORS = /cannot be reloaded/;
const MOST_DEFECTS = 20;

export function newCallLog(): CallLog {
  const byCode: Record<string, number> = {};
  const answered = new Map<string, number>();
  const defects: string[] = [];
  let times: number[] = [];
  const take = ({ hook, code = 0, ms, kind, namespace, name }: Line) => {
    byCode[code] = (byCode[code] ?? 0) + 1;
    if (code === 200) {
      times.push(...(ms === undefined ? [] : [ms]));
      answered.set(`${hook} ${kind} ${namespace}/${name}`, performance.now());
    }
  };
  return {
    hear: (replica, text) => {
      const line = parsed(text);
      if (CALLS.some((msg) => msg === line.msg)) {
        take(line);
      }
      if (isDefect(line, text) && defects.length < MOST_DEFECTS) {
        defects.push(`replica ${replica}: ${text.slice(0, 1000)}`);
      }
    },
    takeMinute: () => {
      const sorted = times.sort((a, b) => a - b);
      times = [];
      const part = (of: number) => rounded(quantile(sorted, of));
      return { calls: sorted.length, p50Ms: part(0.5), p99Ms: part(0.99) };
    },
    byCode: () => ({ ...byCode }),
    answeredAt: (parent) => answered.get(`sync ${parent}`),
    defects: () => [...defects],
  };
}

function parsed(text: string): Line {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

/** What is not a line of the log is an error of Node. */
function isDefect({ level }: Line, text: string): boolean {
  return level === undefined || ((level === 'error' || level === 'fatal') && !EXPECTED_ERRORS.test(text));
}
