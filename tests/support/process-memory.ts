import { readFileSync } from 'node:fs';

/** Linux's names: the most memory that a process had, what it has now, and of that what is not of files, and what is. */
type Figure = 'VmHWM' | 'VmRSS' | 'RssAnon' | 'RssFile';

/** A figure of the memory of a process, in bytes, from `/proc`; NaN once it has ended. */
export function processMemory(processId: number | string | undefined, figure: Figure): number {
  const status = readFileSync(`/proc/${processId}/status`, 'utf8');
  return Number(new RegExp(`^${figure}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1]) * 1024;
}
