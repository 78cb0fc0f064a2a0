import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Need } from './needing.ts';
import { ROOT } from './run.ts';
import { type BaseImage, builderBase, npmOf, runtimeBase } from './stand-in-bases.ts';

/** buildah builds images without a daemon. It is no npm package, so it may be missing. Root may read what it stores. */
export const BUILDAH: Need = {
  name: 'buildah on PATH, as root',
  found: process.getuid?.() === 0 && spawnSync('buildah', ['--version']).status === 0,
};

/** What the image says about how it runs, in the words of OCI. */
interface ImageConfig {
  readonly User: string;
  readonly Entrypoint: readonly string[];
  readonly Cmd: readonly string[];
  readonly WorkingDir: string;
  readonly Env: readonly string[];
  readonly ExposedPorts: Readonly<Record<string, object>>;
}

export interface BuiltImage {
  readonly config: ImageConfig;
  /** The folder with the files of the image. */
  readonly tree: string;
  /** The command, with its arguments, that starts a program in this tree as the image's user, and in its folder. */
  readonly inside: readonly string[];
  readonly remove: () => void;
}

/**
 * Builds the image of the Dockerfile. The base images come from registries that are not for packages, so stand-ins take their place.
 * The file system driver `vfs` needs no mounts: the files of the image are in a folder.
 */
export function buildImage(): BuiltImage {
  const folder = mkdtempSync(path.join(tmpdir(), 'built-image-'));
  const store = ['--storage-driver=vfs', `--root=${folder}/store`, `--runroot=${folder}/run`];
  const buildah = (...args: readonly string[]) => run('buildah', [...store, ...args]);
  const build = (...args: readonly string[]) => buildah('build', '--isolation=chroot', ...args);
  const buildBase = (name: string, { files, dockerfile }: BaseImage) => {
    writeFileSync(path.join(folder, `${name}.Dockerfile`), dockerfile);
    build(`--tag=localhost/${name}`, `--file=${folder}/${name}.Dockerfile`, files);
  };
  buildBase('builder', builderBase(path.join(folder, 'builder')));
  buildBase('runtime', runtimeBase(path.join(folder, 'runtime')));
  mkdirSync(npmOf('config', 'get', 'cache'), { recursive: true });
  build(
    ...['--build-arg=NODE_IMAGE=localhost/builder', '--build-arg=RUNTIME_IMAGE=localhost/runtime'],
    ...[`--volume=${npmOf('config', 'get', 'cache')}:/npm-cache`, '--tag=localhost/image', ROOT],
  );
  const { config } = JSON.parse(buildah('inspect', '--type=image', 'localhost/image')).OCIv1;
  const tree = buildah('mount', buildah('from', 'localhost/image'));
  return {
    config,
    tree,
    inside: insideOf(config, tree),
    remove: () => rmSync(folder, { recursive: true }),
  };
}

/** A container has /proc, and Node reads its memory from there. Only the program sees this mount. */
function insideOf({ User, WorkingDir }: ImageConfig, tree: string): string[] {
  const [user, group] = User.split(':');
  const proc = path.join(tree, 'proc');
  mkdirSync(proc, { recursive: true });
  const mounted = ['unshare', '--mount', 'sh', '-c', `mount --bind /proc ${proc} && exec unshare "$@"`, 'sh'];
  return [...mounted, `--root=${tree}`, `--wd=${WorkingDir}`, `--setgid=${group}`, `--setuid=${user}`];
}

function run(program: string, args: readonly string[]): string {
  return execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
}
