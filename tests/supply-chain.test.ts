import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import packageJson from '../package.json' with { type: 'json' };
import { finished, ROOT, startNode } from './support/run.ts';
import { tool } from './support/tool.ts';

const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');

interface Locked {
  readonly version: string;
  readonly integrity?: string;
  readonly link?: boolean;
  readonly dev?: boolean;
  readonly os?: unknown;
  readonly cpu?: unknown;
  readonly hasInstallScript?: boolean;
}
const locked: [string, Locked][] = Object.entries(JSON.parse(read('package-lock.json')).packages);
const atRunTime = locked.filter(([folder, { dev }]) => folder !== '' && !dev);

interface Spdx {
  readonly spdxVersion: string;
  readonly packages: readonly {
    readonly name: string;
    readonly versionInfo: string;
    readonly externalRefs: readonly { readonly referenceLocator: string }[];
    readonly checksums?: readonly { readonly algorithm: string }[];
  }[];
}
const sbom = execFileSync('npm', ['run', '--silent', 'sbom'], { cwd: ROOT, encoding: 'utf8', stdio: 'pipe' });

describe('the list of packages', () => {
  const { spdxVersion, packages }: Spdx = JSON.parse(sbom);

  it('is SPDX and names exactly the packages of the image, each with its source and checksum', () => {
    expect(spdxVersion).toBe('SPDX-2.3');
    const [project, ...others] = packages;
    expect(project).toMatchObject({ name: packageJson.name, versionInfo: packageJson.version });
    const expected = atRunTime.map(([folder, { version }]) => `${folder.split('node_modules/').at(-1)}@${version}`);
    expect(others.map(({ name, versionInfo }) => `${name}@${versionInfo}`).toSorted()).toEqual(
      [...new Set(expected)].toSorted(),
    );
    for (const { name, versionInfo, externalRefs, checksums } of others) {
      expect(decodeURIComponent(externalRefs[0]?.referenceLocator ?? '')).toBe(`pkg:npm/${name}@${versionInfo}`);
      expect(checksums).toEqual([expect.objectContaining({ algorithm: 'SHA512' })]);
    }
  });

  const licences = async (input: string) => finished(startNode(['.ci/licences.ts']), input);

  it('has the licences that are documented, all of them allowed', async () => {
    const { code, stdout, stderr } = await licences(sbom);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout, 'npm run licences rewrites it').toBe(read('docs/licences.md'));
  });

  it.each(['GPL-3.0-only', 'NOASSERTION', undefined])('is refused with a package under %s', async (licenseDeclared) => {
    const added = { name: 'bad', versionInfo: '1.2.3', licenseDeclared };
    const { code, stderr } = await licences(JSON.stringify({ packages: [...packages, added] }));
    expect(code).toBe(1);
    expect(stderr).toMatch(/^bad 1\.2\.3: its licence \S+ is not allowed; allowed is 0BSD, .*, MIT\n$/);
  });

  it('is the same on every platform, so the builder installs it once for all', () => {
    expect(atRunTime.filter(([, { os, cpu, hasInstallScript }]) => os || cpu || hasInstallScript)).toEqual([]);
  });
});

const FOLDER = '.github/workflows';
const workflows = readdirSync(path.join(ROOT, FOLDER));

describe('the lock file', () => {
  it('has the checksum of every package, also of those that only other platforms install', () => {
    const others = locked.filter(([folder, { link }]) => folder !== '' && !link);
    const bare = others.filter(([, { integrity }]) => !/^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity ?? ''));
    expect(bare.map(([folder]) => folder)).toEqual([]);
    expect(others.length).toBeGreaterThan(100);
  });
});

describe('the workflows', () => {
  const actionlint = tool('actionlint', 'ACTIONLINT', ROOT);
  actionlint.needed.it('pass actionlint', () => {
    expect(actionlint.run(...workflows.map((name) => path.join(FOLDER, name)))).toEqual({ code: 0, output: '' });
  });

  it.each(workflows)('pin actions by commit, with a comment that names the version: %s', (name) => {
    const used = [...read(path.join(FOLDER, name)).matchAll(/uses: (?!\.\/)(.*)/g)].map(([, action]) => action);
    expect(used.length).toBeGreaterThan(0);
    expect(used.filter((action) => !/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(String(action)))).toEqual([]);
  });

  it.each(workflows)('may only read unless a job says otherwise: %s', (name) => {
    expect(parse(read(path.join(FOLDER, name))).permissions).toEqual({ contents: 'read' });
  });
});

describe('Node', () => {
  const { node } = packageJson.devDependencies;
  const [line] = node.split('.');

  it.each(workflows)('is in the workflows the one that npm installs: %s', (name) => {
    const versions = [...read(path.join(FOLDER, name)).matchAll(/node-version: (.*)/g)].map(([, version]) => version);
    expect(versions).toEqual([node]);
  });

  it('is of the same line in the image and in the README', () => {
    const bases = [...read('Dockerfile').matchAll(/^ARG \w+=(\S+)$/gm)].map(([, base]) => base);
    expect(bases).toEqual([`node:${line}-slim`, `gcr.io/distroless/nodejs${line}-debian13:nonroot`]);
    expect(read('README.md')).toContain(`installs Node ${line}.`);
  });
});

it('git has all files that the npm scripts run and that the image is made from', () => {
  const run = Object.values(packageJson.scripts).flatMap((script) => script.match(/[\w./-]+\.ts/g) ?? []);
  const copied = [...read('Dockerfile').matchAll(/^COPY (?!--)(.*) \S+$/gm)].flatMap(([, files = '']) =>
    files.split(' '),
  );
  const tracked = (file: string) => execFileSync('git', ['ls-files', file], { cwd: ROOT, encoding: 'utf8' });
  expect([...run, ...copied].filter((file) => tracked(file) === '')).toEqual([]);
  expect(run).toContain('webhooks/main.ts');
});

it('the project has no licence yet, and its README says so', () => {
  expect(packageJson).not.toHaveProperty('license');
  expect(read('README.md')).toContain('The owner of this project has not chosen its licence yet.');
});
