import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { codeUnitOrder } from '../order.ts';
import type { Complaint } from './manifests.ts';

const MANIFEST_EXTENSIONS = ['.json', '.yaml', '.yml'];

/** The text of one file, or of standard input, under the name that the user gave it. */
export interface SourceText {
  readonly name: string;
  readonly text: string;
}

/** What files, folders (and all folders in them) and `-` hold, sorted by name within a folder. */
export function readSources(paths: readonly string[]): (SourceText | Complaint)[] {
  return paths.flatMap((given): (SourceText | Complaint)[] => {
    try {
      return given === '-' ? [readStandardInput()] : filesOf(given).map(readSource);
    } catch (error) {
      return [{ origin: given, text: `cannot be read: ${error instanceof Error ? error.message : error}` }];
    }
  });
}

function readStandardInput(): SourceText {
  return { name: 'standard input', text: readFileSync(0, 'utf8') };
}

function readSource(name: string): SourceText {
  return { name, text: readFileSync(name, 'utf8') };
}

function filesOf(given: string): string[] {
  if (!statSync(given).isDirectory()) {
    return [given];
  }
  return readdirSync(given, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && MANIFEST_EXTENSIONS.includes(path.extname(entry.name)))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort(codeUnitOrder);
}
