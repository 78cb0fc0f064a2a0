import { notValid } from './value-rules.ts';

const hasBackstep = (path: string) => path.split('/').includes('..');

/** Why a path cannot leave the folder that it is in. An absolute path is valid. */
export function whyBackstep(path: string): string | undefined {
  return hasBackstep(path) ? notValid(path, "a path without '..'") : undefined;
}

/** Why a path does not lead from a folder into it. An empty path is valid. */
export function whyNotDescending(path: string): string | undefined {
  return path.startsWith('/') || hasBackstep(path) ? notValid(path, "a relative path without '..'") : undefined;
}

/** The same for a file of a volume. Names that begin with two dots belong to the kubelet. */
export function whyNoVolumePath(path: string): string | undefined {
  return path === '' || path.startsWith('/') || path.startsWith('..') || hasBackstep(path)
    ? notValid(path, "a relative path that does not begin with '..' and does not contain it")
    : undefined;
}

export function whyNotAbsolute(path: string): string | undefined {
  return path.startsWith('/') ? undefined : notValid(path, 'an absolute path');
}
