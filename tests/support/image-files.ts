import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ROOT, runNode } from './run.ts';

/** The stages of the Dockerfile: that which makes the bundles, and that of the image. */
export const [BUNDLES = '', IMAGE = ''] = readFileSync(path.join(ROOT, 'Dockerfile'), 'utf8')
  .split(/^FROM /m)
  .slice(1);

/** A folder with the files of the image, made as the Dockerfile does. */
export interface ImageFiles {
  readonly folder: string;
  readonly remove: () => void;
}

/** Makes the files of the image from what its Dockerfile copies. The packages are those of this machine. */
export async function imageFiles(): Promise<ImageFiles> {
  const both = mkdtempSync(path.join(tmpdir(), 'image-'));
  const [builder, folder] = [path.join(both, 'builder'), path.join(both, 'app')];
  copy(BUNDLES, builder);
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(builder, 'node_modules'));
  const { scripts } = JSON.parse(readFileSync(path.join(builder, 'package.json'), 'utf8'));
  const built = await runNode(scripts.build.split(' ').slice(1), { cwd: builder });
  if (built.code !== 0) {
    throw new Error(built.stderr);
  }
  copy(IMAGE, folder);
  cpSync(path.join(builder, 'build'), path.join(folder, 'build'), { recursive: true });
  rmSync(builder, { recursive: true });
  return { folder, remove: () => rmSync(both, { recursive: true }) };
}

function copy(stage: string, folder: string): void {
  const copied = [...stage.matchAll(/^COPY (?!--from)(.*) \S+$/gm)].flatMap(([, files = '']) => files.split(' '));
  for (const file of copied) {
    cpSync(path.join(ROOT, file), path.join(folder, file), { recursive: true });
  }
}
