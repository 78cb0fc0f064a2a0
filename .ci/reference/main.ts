import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { referencePages } from './pages.ts';

/** Rewrites `docs/reference/`, or the folder that is given. Files that no longer belong there are removed. */
const folder = process.argv[2] ?? path.join(import.meta.dirname, '../../docs/reference');
const pages = await referencePages();
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
for (const { file, text } of pages) {
  writeFileSync(path.join(folder, file), text);
}
