import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, cpSync, globSync, mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './run.ts';

/** The Node that the image is for: the binary of nodejs.org, from the npm package `node`. */
const NODE = path.join(ROOT, 'node_modules/node/bin/node');

/** A base image: its files, and the instructions that a Dockerfile adds to them. */
export interface BaseImage {
  readonly files: string;
  readonly dockerfile: string;
}

/** Stands in for the image with Node, npm and a shell. npm gets its packages from the cache of this machine. */
export function builderBase(files: string): BaseImage {
  copyProgram(NODE, path.join(files, 'usr/local/bin/node'), files);
  copyProgram(realpathSync('/bin/sh'), path.join(files, 'bin/sh'), files);
  for (const binding of globSync(path.join(ROOT, 'node_modules/@rolldown/binding-*/*.node'))) {
    copyLibraries(binding, files);
  }
  const npm = path.join(npmOf('root', '--global'), 'npm');
  cpSync(npm, path.join(files, 'usr/local/lib/npm'), { recursive: true, dereference: true });
  const wrapper = path.join(files, 'usr/local/bin/npm');
  writeFileSync(wrapper, '#!/bin/sh\nexec node /usr/local/lib/npm/bin/npm-cli.js "$@"\n');
  chmodSync(wrapper, 0o755);
  mkdirSync(path.join(files, 'tmp'));
  const registry = npmOf('config', 'get', 'registry');
  const env = `PATH=/usr/local/bin:/bin npm_config_offline=true npm_config_cache=/npm-cache npm_config_registry=${registry}`;
  return { files, dockerfile: `FROM scratch\nCOPY . /\nENV ${env}\n` };
}

/** Stands in for the image with Node and no shell. Its entry point, user and folder are those of distroless. */
export function runtimeBase(files: string): BaseImage {
  copyProgram(NODE, path.join(files, 'nodejs/bin/node'), files);
  const dockerfile = 'FROM scratch\nCOPY . /\nUSER 65532\nWORKDIR /home/nonroot\nENTRYPOINT ["/nodejs/bin/node"]\n';
  return { files, dockerfile };
}

export function npmOf(...args: readonly string[]): string {
  return execFileSync('npm', args, { cwd: ROOT, encoding: 'utf8' }).trim();
}

/** Copies a program, and the shared libraries that it needs to where it looks for them. */
function copyProgram(program: string, to: string, root: string): void {
  copyTo(program, to);
  copyLibraries(program, root);
}

function copyLibraries(program: string, root: string): void {
  const libraries = execFileSync('ldd', [program], { encoding: 'utf8' }).matchAll(/(\/\S+) \(0x/g);
  for (const [, library = ''] of libraries) {
    copyTo(library, path.join(root, library));
  }
}

function copyTo(file: string, to: string): void {
  mkdirSync(path.dirname(to), { recursive: true });
  copyFileSync(file, to);
}
