import { existsSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { error, note, type Remark } from '../evaluate/remark.ts';
import { isManifestIn, type SourcePaths, type SourceText } from '../evaluate/sources.ts';
import { runGit } from './git.ts';
import { readBlobs, type TreeEntry, treeEntries } from './git-tree.ts';

/** The files of a revision at some paths, or why they cannot be read. */
export type RevisionReading =
  | {
      readonly outcome: 'read';
      readonly texts: readonly SourceText[];
      readonly remarks: readonly Remark[];
      /** Paths that only the revision has. */
      readonly removed: ReadonlySet<string>;
    }
  | { readonly outcome: 'bad'; readonly line: string };

type PathReading =
  | { readonly outcome: 'read'; readonly texts: readonly SourceText[]; readonly remarks: readonly Remark[] }
  | { readonly outcome: 'bad'; readonly line: string };

/** Reads files and folders as they are in a revision, with the rules for those of the file system. */
export function readRevision(revision: string, { paths, ignore }: SourcePaths): RevisionReading {
  const readings = paths.map((given) => [given, readPath(given, revision, ignore)] as const);
  const bad = readings.flatMap(([, reading]) => (reading.outcome === 'bad' ? [reading] : []))[0];
  if (bad !== undefined) {
    return bad;
  }
  const read = readings.flatMap(([given, reading]) => (reading.outcome === 'read' ? [{ given, ...reading }] : []));
  const isGone = ({ given, texts }: (typeof read)[number]) => texts.length > 0 && !existsSync(given);
  return {
    outcome: 'read',
    texts: read.flatMap(({ texts }) => texts),
    remarks: read.flatMap(({ remarks }) => remarks),
    removed: new Set(read.filter(isGone).map(({ given }) => given)),
  };
}

function readPath(given: string, revision: string, ignore: readonly string[]): PathReading {
  if (given === '-') {
    return bad('standard input has no revisions; expected files or folders');
  }
  const place = placeOf(path.resolve(given));
  const top = runGit(place.folder, ['rev-parse', '--show-toplevel']);
  if (top.outcome === 'failed') {
    return bad(`${place.folder}: ${top.why}; expected a folder of a git repository`);
  }
  const root = top.stdout.toString().replace(/\n$/, '');
  const commit = runGit(root, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`]);
  if (commit.outcome === 'failed') {
    return bad(
      `${JSON.stringify(revision)} is not a revision of the repository ${root}; expected a branch, a tag or a commit that it has: git fetch gets others`,
    );
  }
  const within = path.relative(root, path.join(place.folder, place.rest));
  const listed = treeEntries(root, commit.stdout.toString().trim(), within);
  if (listed.outcome === 'failed') {
    return bad(listed.why);
  }
  const wanted = listed.entries.filter(
    ({ name }) => name === within || isManifestIn(path.relative(within, name), ignore),
  );
  return listed.entries.length === 0
    ? { outcome: 'read', texts: [], remarks: [note(given, `is not in ${revision}, so all of it is new`)] }
    : textsOf(wanted, { root, revision });
}

function bad(line: string): PathReading {
  return { outcome: 'bad', line: `--against-revision: ${line}` };
}

/** The nearest folder that exists, without links, and the rest of the path. Git knows paths without links. */
function placeOf(absolute: string): { readonly folder: string; readonly rest: string } {
  let folder = absolute;
  while (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    folder = path.dirname(folder);
  }
  return { folder: realpathSync(folder), rest: path.relative(folder, absolute) };
}

interface Tree {
  readonly root: string;
  readonly revision: string;
}

function textsOf(entries: readonly TreeEntry[], { root, revision }: Tree): PathReading {
  const blobs = readBlobs(root, entries);
  if (blobs.outcome === 'failed') {
    return bad(blobs.why);
  }
  const named = entries.map(({ name }, index) => ({
    name: `${revision}:${path.relative('', path.join(root, name))}`,
    text: blobs.texts[index],
  }));
  return {
    outcome: 'read',
    texts: named.flatMap(({ name, text }) => (text === undefined ? [] : [{ name, text }])),
    remarks: named
      .filter(({ text }) => text === undefined)
      .map(({ name }) => error(name, 'cannot be read, because it is a link to a file that is not in the revision')),
  };
}
