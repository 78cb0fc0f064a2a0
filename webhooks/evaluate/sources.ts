import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { whyUnread } from '../settings/setting-files.ts';
import { filesIn } from './files.ts';
import { isIgnored } from './ignored.ts';
import { error, note, type Remark } from './remark.ts';

const MANIFEST_EXTENSIONS = ['.json', '.yaml', '.yml'];

/** Where to read. */
export interface SourcePaths {
  /** Files, folders, or `-` for standard input. */
  readonly paths: readonly string[];
  /** Patterns of files and folders to leave out. */
  readonly ignore: readonly string[];
  /** Reads standard input to its end. */
  readonly readInput: () => string;
  /** The name of this text for messages. */
  readonly inputName?: string;
}

/** The text of one file or of standard input, with its name for messages. */
export interface SourceText {
  readonly name: string;
  readonly text: string;
}

/** The texts at the paths on the command line. */
export interface Sources {
  readonly texts: readonly SourceText[];
  /** About paths that cannot be read, and folders without manifests. */
  readonly remarks: readonly Remark[];
}

/** Reads files, folders with their subfolders, and standard input (`-`). Files of a folder are sorted by name. */
export function readSources({ paths, ignore, readInput, inputName = 'standard input' }: SourcePaths): Sources {
  const read = paths
    .filter((given) => !isIgnored(given, ignore))
    .map((given) => (given === '-' ? readStandardInput(inputName, readInput) : readPath(given, ignore)));
  return {
    texts: read.flatMap(({ texts }) => texts),
    remarks: read.flatMap(({ remarks }) => remarks),
  };
}

function readStandardInput(name: string, readInput: () => string): Sources {
  return { texts: [{ name, text: readInput() }], remarks: [] };
}

function readPath(given: string, ignore: readonly string[]): Sources {
  try {
    const names = namesOf(given, ignore);
    const others = ignore.length > 0 ? ', apart from those of --ignore' : '';
    const empty = note(given, `ignored, because it has no .json, .yaml or .yml files${others}`);
    return {
      texts: names.map((name) => ({ name, text: readFileSync(name, 'utf8') })),
      remarks: names.length === 0 ? [empty] : [],
    };
  } catch (thrown) {
    return { texts: [], remarks: [error(given, whyUnread(thrown))] };
  }
}

function namesOf(given: string, ignore: readonly string[]): string[] {
  return statSync(given).isDirectory()
    ? filesIn(given, (entry) => isPassedOver(entry) || isIgnored(path.relative(given, entry), ignore)).filter(
        isManifest,
      )
    : [given];
}

/** Whether a file of a folder is read, by its path in the folder. */
export function isManifestIn(file: string, ignore: readonly string[]): boolean {
  const folders = file.split(path.sep).slice(0, -1);
  return isManifest(file) && !folders.some(isOfTools) && !isIgnored(file, ignore);
}

function isManifest(file: string): boolean {
  return MANIFEST_EXTENSIONS.includes(path.extname(file));
}

/** A folder on the command line is read all the same. */
function isPassedOver(entry: string): boolean {
  return isOfTools(path.basename(entry)) && statSync(entry, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** Folders with packages or with the data of tools. */
function isOfTools(folder: string): boolean {
  return folder === 'node_modules' || folder.startsWith('.');
}
