import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { accessSync, constants, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { cacheFolder } from './cache.ts';
import { pythonPackages } from './python.ts';

/** The Go module of the parts. Its go.mod pins their versions. */
const MODULE = path.join(import.meta.dirname, '../parts');

/** A program of ours, with the version of the module that it wraps. Its folder is named if it is a module of its own. */
interface OwnProgram {
  readonly module: string;
  readonly folder?: string;
  readonly tellVersion: readonly string[];
}

/** A program of another module, and the variable into which the linker writes its version. */
interface InstalledProgram {
  readonly program: string;
  readonly version: string;
  readonly variable: string;
  readonly tellVersion: readonly string[];
}

type Source = OwnProgram | InstalledProgram;

/** A program of a Python package, and its path among the packages. */
interface PackagedProgram {
  readonly packaged: string;
  readonly tellVersion: readonly string[];
}

const PARTS = {
  etcd: { module: 'go.etcd.io/etcd/server/v3', tellVersion: ['--version'] },
  'kube-apiserver': { module: 'k8s.io/kubernetes', tellVersion: ['--version'] },
  'kube-controller-manager': { module: 'k8s.io/kubernetes', tellVersion: ['--version'] },
  'kube-scheduler': { module: 'k8s.io/kubernetes', tellVersion: ['--version'] },
  helm: {
    program: 'helm.sh/helm/v4/cmd/helm',
    version: '4.3.1',
    variable: 'helm.sh/helm/v4/internal/version.version',
    tellVersion: ['version', '--short'],
  },
  'envoy-gateway': {
    program: 'github.com/envoyproxy/gateway/cmd/envoy-gateway',
    version: '1.9.1',
    variable: 'github.com/envoyproxy/gateway/internal/cmd/version.envoyGatewayVersion',
    tellVersion: ['version'],
  },
  'krakend-core': {
    module: 'github.com/luraproject/lura/v2',
    folder: 'krakend-core',
    tellVersion: ['version'],
  },
  envoy: { packaged: 'envoy/_bin/envoy', tellVersion: ['--version'] },
  kwok: {
    program: 'sigs.k8s.io/kwok/cmd/kwok',
    version: '0.8.0',
    variable: 'sigs.k8s.io/kwok/pkg/consts.Version',
    tellVersion: ['--version'],
  },
} as const satisfies Readonly<Record<string, Source | PackagedProgram>>;

export type PartName = keyof typeof PARTS;
export const PART_NAMES = Object.keys(PARTS) as PartName[];

/**
 * The path of a part's program: from the environment, in KUBEBUILDER_ASSETS, on PATH or in the cache. Builds the
 * program if the cache does not have this version.
 */
export function part(name: PartName, say: (line: string) => void = () => undefined): string {
  const given = givenPart(name);
  if (given !== undefined) {
    say(`${name}: ${given}, ${tellVersion(name, given)}`);
    return given;
  }
  const source: Source | PackagedProgram = PARTS[name];
  if ('packaged' in source) {
    return path.join(pythonPackages(say), source.packaged);
  }
  return builtPart(name, source, say);
}

function builtPart(name: PartName, source: Source, say: (line: string) => void): string {
  const version = wantedVersion(source);
  const program = cachedProgram(name, source);
  if (isProgram(program) && tellVersion(name, program).includes(version)) {
    say(`${name}: ${program}`);
    return program;
  }
  say(`${name}: building ${version} ...`);
  const start = Date.now();
  build(name, source, program);
  if (!tellVersion(name, program).includes(version)) {
    throw new Error(`${program}: its version is ${tellVersion(name, program)}; expected ${version}`);
  }
  say(`${name}: ${program}, built in ${Math.round((Date.now() - start) / 1000)} s`);
  return program;
}

/** Whether Go must build a part first. */
export function isToBuild(name: PartName): boolean {
  const source: Source | PackagedProgram = PARTS[name];
  return givenPart(name) === undefined && !('packaged' in source) && !isProgram(cachedProgram(name, source));
}

/** A program that is a module of its own has a hash of its files in its folder's name, so it is built anew when they change. */
function cachedProgram(name: PartName, source: Source): string {
  const version = wantedVersion(source);
  return path.join(
    cacheFolder('folder' in source ? `${name}-${version}-${filesHash(name)}` : `${name}-${version}`),
    name,
  );
}

function filesHash(name: PartName): string {
  const files = ['main.go', 'go.mod', 'go.sum'].map((file) => readFileSync(path.join(MODULE, name, file)));
  return createHash('sha256').update(Buffer.concat(files)).digest('hex').slice(0, 12);
}

/** A part that an environment variable names, or a program on PATH in the required version. */
function givenPart(name: PartName): string | undefined {
  const { HELM, KUBEBUILDER_ASSETS, PATH = '' } = process.env;
  const named = name === 'helm' && HELM ? HELM : KUBEBUILDER_ASSETS && path.join(KUBEBUILDER_ASSETS, name);
  const source: Source | PackagedProgram = PARTS[name];
  const onPath = PATH.split(path.delimiter).map((folder) => path.join(folder, name));
  return named && isProgram(named)
    ? named
    : onPath.find((program) => isProgram(program) && isRequired(name, source, program));
}

/** Another version than the required one could make the same commit fail on another day. */
function isRequired(name: PartName, source: Source | PackagedProgram, program: string): boolean {
  return !('packaged' in source) && tellVersion(name, program).includes(wantedVersion(source));
}

function wantedVersion(source: Source): string {
  if ('version' in source) {
    return source.version;
  }
  const goModFile = path.join(MODULE, source.folder ?? '', 'go.mod');
  const goMod = readFileSync(goModFile, 'utf8');
  const version = new RegExp(`^\\s*${source.module} v(\\S+)$`, 'm').exec(goMod)?.[1];
  if (version === undefined) {
    throw new Error(`${goModFile}: does not require ${source.module}`);
  }
  return version;
}

/** Builds in a temporary place and then moves the program, so that an interrupted build leaves no program. */
function build(name: PartName, source: Source, program: string): void {
  mkdirSync(path.dirname(program), { recursive: true });
  const folder = mkdtempSync(`${path.dirname(program)}/build-`);
  try {
    const version = wantedVersion(source);
    if ('program' in source) {
      const flags = `-ldflags=-s -w -X ${source.variable}=v${version}`;
      go(['install', flags, `${source.program}@v${version}`], { GOBIN: folder });
    } else {
      const flags = ['-trimpath', `-ldflags=${versionFlags(version)}`];
      go(['build', '-C', path.join(MODULE, name), ...flags, '-o', `${folder}/${name}`, '.']);
    }
    renameSync(path.join(folder, name), program);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The linker flags that set the version of a program of Kubernetes or KrakenD; etcd has its version in its code. */
function versionFlags(version: string): string {
  const [major, minor] = version.split('.');
  const variables = Object.entries({
    'k8s.io/component-base/version.gitVersion': `v${version}`,
    'k8s.io/component-base/version.gitMajor': major,
    'k8s.io/component-base/version.gitMinor': minor,
    'github.com/luraproject/lura/v2/core.KrakendVersion': version,
  });
  return ['-s -w', ...variables.map(([name, value]) => `-X ${name}=${value}`)].join(' ');
}

function go(args: readonly string[], env: Readonly<Record<string, string>> = {}): string {
  try {
    return execFileSync('go', args, {
      encoding: 'utf8',
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
  } catch (error) {
    throw new Error(`go ${args[0]}: ${error instanceof Error ? error.message : error}`);
  }
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function tellVersion(name: PartName, program: string): string {
  const { stdout, stderr } = spawnSync(program, PARTS[name].tellVersion, { encoding: 'utf8' });
  return `${stdout}${stderr}`.trim().split('\n')[0] ?? '';
}
