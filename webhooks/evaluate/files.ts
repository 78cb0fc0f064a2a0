import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { codeUnitOrder } from '../../controllers/data/order.ts';

/**
 * All files in a folder and its subfolders, sorted, apart from entries that are left out. Follows links to files, because the files
 * of a mounted ConfigMap are links.
 */
export function filesIn(folder: string, isLeftOut: (entry: string) => boolean = () => false): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .map((entry) => ({ entry, name: path.join(folder, entry.name) }))
    .filter(({ name }) => !isLeftOut(name))
    .flatMap(({ entry, name }) => (entry.isDirectory() ? filesIn(name, isLeftOut) : filesAt(name)))
    .sort(codeUnitOrder);
}

function filesAt(name: string): string[] {
  return statSync(name, { throwIfNoEntry: false })?.isFile() ? [name] : [];
}
