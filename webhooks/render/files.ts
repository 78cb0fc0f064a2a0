import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { codeUnitOrder } from '../../controllers/data/order.ts';

/** All files in a folder and its subfolders, sorted. Follows links, because the files of a mounted ConfigMap are links. */
export function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((name) => statSync(name, { throwIfNoEntry: false })?.isFile())
    .sort(codeUnitOrder);
}
