import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { bundle } from './bundle.ts';
import { licenceTexts } from './licences.ts';
import { PROGRAMS } from './programs.ts';

const FOLDER = 'build';

/** Makes a bundle of plain JavaScript of each program, and a file with the licences of the packages in them. */
rmSync(FOLDER, { recursive: true, force: true });
mkdirSync(FOLDER);
const bundles = Object.entries(PROGRAMS).map(([name, input]) => bundle(input, path.join(FOLDER, `${name}.js`)));
writeFileSync(path.join(FOLDER, 'licences.txt'), licenceTexts((await Promise.all(bundles)).flat()));
