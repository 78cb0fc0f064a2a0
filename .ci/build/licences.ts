import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const RULE = '-'.repeat(80);
const LICENCE_FILE = /^(licen[cs]e|copying|notice)/i;
/** Where a package without such a file says its licence. */
const README_FILE = /^readme/i;

interface Package {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
}

/** The licence texts of the packages to which modules belong, by their names. Throws if a package has no text. */
export function licenceTexts(modules: readonly string[]): string {
  const folders = new Set(modules.flatMap(folderOf));
  const texts = [...folders].map((folder) => [nameIn(folder), textOf(folder)] as const);
  return texts
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, text]) => text)
    .join('\n');
}

/** The folder of a module's package; none for our own modules, and for those that the bundler makes. */
function folderOf(module: string): readonly string[] {
  const start = module.lastIndexOf('node_modules/');
  const [scope = '', name = ''] = module.slice(start + 'node_modules/'.length).split('/');
  const folder = path.join(
    module.slice(0, start),
    'node_modules',
    scope.startsWith('@') ? path.join(scope, name) : scope,
  );
  return start < 0 || !existsSync(path.join(folder, 'package.json')) ? [] : [folder];
}

function packageIn(folder: string): Package {
  return JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
}

function nameIn(folder: string): string {
  const { name, version } = packageIn(folder);
  return `${name} ${version}`;
}

function textOf(folder: string): string {
  const { license } = packageIn(folder);
  const all = readdirSync(folder).sort();
  const files = all.filter((file) => LICENCE_FILE.test(file));
  const texts = (files.length > 0 ? files : all.filter((file) => README_FILE.test(file))).map((file) =>
    readFileSync(path.join(folder, file), 'utf8').trim(),
  );
  if (texts.length === 0) {
    throw new Error(`${nameIn(folder)}: expected a file with its licence, such as LICENSE`);
  }
  return `${RULE}\n${nameIn(folder)}, ${license}\n\n${texts.join('\n\n')}\n`;
}
