import { type GitAnswer, runGit } from './git.ts';

/** A file of a commit. */
export interface TreeEntry {
  /** Its path from the top of the repository. */
  readonly name: string;
  /** How git finds its content. */
  readonly object: string;
}

type Failed = Extract<GitAnswer, { readonly outcome: 'failed' }>;
type Entries = { readonly outcome: 'listed'; readonly entries: readonly TreeEntry[] } | Failed;

/** The mode of a link. */
const LINK = '120000';
/** `100644 blob 257cc5642cb1a054f08cc83f2d943e56fd3ebe99<tab>manifests/team.yaml` */
const ENTRY = /^(\d+) blob ([0-9a-f]+)\t(.*)$/s;

/** The files of a commit at a path: a file, or a folder with its subfolders; all files for the empty path. */
export function treeEntries(root: string, commit: string, within: string): Entries {
  const paths = within === '' ? [] : [within];
  const answer = runGit(root, ['ls-tree', '-r', '-z', '--full-tree', '--', commit, ...paths]);
  if (answer.outcome === 'failed') {
    return answer;
  }
  const entries = answer.stdout
    .toString()
    .split('\0')
    .flatMap((line) => {
      const [, mode, hash = '', name = ''] = ENTRY.exec(line) ?? [];
      // A link is followed only by its path, and git reads one request a line.
      return mode === undefined || name.includes('\n')
        ? []
        : [{ name, object: mode === LINK ? `${commit}:${name}` : hash }];
    });
  return { outcome: 'listed', entries };
}

type Blobs = { readonly outcome: 'read'; readonly texts: readonly (string | undefined)[] } | Failed;

/** The texts of files, in the same order; undefined for a link that leads out of the commit. */
export function readBlobs(root: string, entries: readonly TreeEntry[]): Blobs {
  const requests = entries.map(({ object }) => `${object}\n`).join('');
  const answer = runGit(root, ['cat-file', '--batch', '--follow-symlinks'], requests);
  return answer.outcome === 'failed' ? answer : { outcome: 'read', texts: textsIn(answer.stdout, entries.length) };
}

/** After a line `<hash> blob <size>` come so many bytes and a line break; so they do after `dangling <size>`, and none after `… missing`. */
function textsIn(output: Buffer, count: number): readonly (string | undefined)[] {
  const texts: (string | undefined)[] = [];
  let start = 0;
  while (texts.length < count) {
    const end = output.indexOf('\n', start);
    const [, type, size] = /(\S+) (\d+)$/.exec(output.toString('utf8', start, end)) ?? [];
    const bytes = size === undefined ? undefined : Number(size);
    texts.push(type === 'blob' ? output.toString('utf8', end + 1, end + 1 + (bytes ?? 0)) : undefined);
    start = end + 1 + (bytes === undefined ? 0 : bytes + 1);
  }
  return texts;
}
