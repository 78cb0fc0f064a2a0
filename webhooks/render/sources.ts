import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { messageOf } from '../../controllers/data/quote.ts';
import { filesIn } from './files.ts';

const MANIFEST_EXTENSIONS = ['.json', '.yaml', '.yml'];

/** Something that is wrong with the input, with its place. */
export interface BadInput {
  readonly origin: string;
  readonly text: string;
}

/** The text of one file, or of standard input, under the name that the user gave it. */
export interface SourceText {
  readonly name: string;
  readonly text: string;
}

/** What the paths on the command line hold, as text. */
export interface Sources {
  readonly texts: readonly SourceText[];
  readonly complaints: readonly BadInput[];
  /** Folders in which there is no manifest. */
  readonly emptyFolders: readonly string[];
}

/** What files, folders (and all folders in them) and `-`, standard input, hold, sorted by name within a folder. */
export function readSources(paths: readonly string[], readInput: () => string): Sources {
  const read = paths.map((given) => readPath(given, readInput));
  return {
    texts: read.flatMap(({ texts }) => texts),
    complaints: read.flatMap(({ complaints }) => complaints),
    emptyFolders: read.flatMap(({ emptyFolders }) => emptyFolders),
  };
}

function readPath(given: string, readInput: () => string): Sources {
  try {
    const names = namesOf(given);
    const texts = names.map((name) =>
      name === '-' ? { name: 'standard input', text: readInput() } : { name, text: readFileSync(name, 'utf8') },
    );
    return { texts, complaints: [], emptyFolders: names.length === 0 ? [given] : [] };
  } catch (error) {
    const text = `cannot be read: ${messageOf(error)}`;
    return { texts: [], complaints: [{ origin: given, text }], emptyFolders: [] };
  }
}

function namesOf(given: string): string[] {
  return given !== '-' && statSync(given).isDirectory()
    ? filesIn(given).filter((name) => MANIFEST_EXTENSIONS.includes(path.extname(name)))
    : [given];
}
