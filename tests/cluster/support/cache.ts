import { homedir } from 'node:os';
import path from 'node:path';

/** A folder in this machine's cache, such as `etcd-3.6.8`. What is built or downloaded there stays for the next run. */
export function cacheFolder(name: string): string {
  const caches = process.env['XDG_CACHE_HOME'] || path.join(homedir(), '.cache');
  return path.join(caches, 'agent-gateway-hooks', name);
}
