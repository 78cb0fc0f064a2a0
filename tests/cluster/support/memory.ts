import { mkdtempSync, rmdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { processMemory } from '../../support/process-memory.ts';

/** Where Linux keeps the groups of processes whose memory it limits, and the file with the limit: versions 1 and 2. */
const KINDS = [
  { root: '/sys/fs/cgroup/memory', limit: 'memory.limit_in_bytes' },
  { root: '/sys/fs/cgroup', limit: 'memory.max' },
];

/** A memory limit as the kubelet sets it: the kernel kills a process that needs more. */
export interface MemoryGroup {
  /** A process that writes its id into this file belongs to the group. */
  readonly processes: string;
  readonly remove: () => void;
}

/** A group with a limit in bytes; undefined if this machine or user cannot have one. */
export function memoryGroup(limitBytes: number): MemoryGroup | undefined {
  return KINDS.map(({ root, limit }) => tryGroup(root, limit, limitBytes)).find((group) => group !== undefined);
}

function tryGroup(root: string, limit: string, limitBytes: number): MemoryGroup | undefined {
  let folder: string | undefined;
  try {
    folder = mkdtempSync(path.join(root, 'agent-gateway-hooks-'));
    const group = folder;
    writeFileSync(path.join(group, limit), String(limitBytes));
    return { processes: path.join(group, 'cgroup.procs'), remove: () => rmdirSync(group) };
  } catch {
    if (folder !== undefined) {
      rmdirSync(folder);
    }
    return undefined;
  }
}

/** The most memory that a process had, in bytes, without that of files, which the kernel can read again. */
export function peakMemory(processId: number): number {
  return processMemory(processId, 'VmHWM') - processMemory(processId, 'RssFile');
}
