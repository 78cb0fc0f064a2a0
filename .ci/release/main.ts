import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Command, Option } from 'commander';
import { changelogFaults, entriesOf } from './changelog.ts';
import { type Published, type Release, writeChart } from './chart.ts';
import { checksums, provenance } from './provenance.ts';
import { projectVersion, versionFaults } from './versions.ts';

/** The folder of the files. Git ignores it. */
const OUTPUT = 'dist';

const program = new Command('release')
  .description('Make the files of a release in dist/. Nothing is published.')
  .option('--tag <name>', 'tag of the release; without one this is a dry run')
  .option('--source <url>', 'address of the repository')
  .option('--image <name>', 'image that the release publishes, without a tag')
  .option('--digest <digest>', 'its digest')
  .option('--builder <uri>', 'what runs this', 'urn:agent-gateway-hooks:builder:local')
  .addOption(new Option('--helm <program>', 'helm').env('HELM').default('helm'))
  .parse();
const { tag, helm, ...published } = program.opts<Flags>();
const root = process.cwd();
const version = projectVersion(root);
const entry = entriesOf(readFileSync('CHANGELOG.md', 'utf8')).find((one) => one.version === version);

const faults = [...treeFaults(), ...versionFaults(root, tag), ...changelogFaults(entry, version, tag !== undefined)];
if (entry === undefined || faults.length > 0) {
  program.error(faults.map((fault) => `error: ${fault}`).join('\n'));
} else if (spawnSync(helm, ['version'], { stdio: 'ignore' }).status !== 0) {
  program.error(
    `error: ${helm} cannot be run; install helm 4, or set HELM to the program that \`npm run helm\` builds`,
  );
} else {
  make({ root, entry, ...published });
}

interface Flags extends Published {
  readonly tag?: string;
  readonly helm: string;
}

/** A release has the files of its commit, and no others. */
function treeFaults(): string[] {
  const changed = git('status', '--porcelain').split('\n').filter(Boolean);
  return changed.map((line) => `${line.slice(3)}: differs from the commit; commit it or remove it`);
}

function git(...args: readonly string[]): string {
  return execFileSync('git', args, { encoding: 'utf8' });
}

function make(release: Release): void {
  const work = mkdtempSync(path.join(tmpdir(), 'release-'));
  rmSync(OUTPUT, { recursive: true, force: true });
  mkdirSync(OUTPUT);
  // npm and Helm give their archives the same name.
  const packed = npm('run', '--silent', 'package').trim();
  copyFileSync(path.join('build', packed), path.join(OUTPUT, `npm-${packed}`));
  execFileSync(helm, ['package', writeChart(release, work), '--destination', OUTPUT], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  rmSync(work, { recursive: true });
  write('sbom.spdx.json', npm('run', '--silent', 'sbom'));
  const made = readdirSync(OUTPUT).sort();
  write('provenance.json', `${JSON.stringify(provenance(release, OUTPUT, made), undefined, 2)}\n`);
  write('SHA256SUMS', checksums(OUTPUT, [...made, 'provenance.json']));
  write('release-notes.md', `${release.entry.text}\n`);
  process.stdout.write(readFileSync(path.join(OUTPUT, 'SHA256SUMS')));
}

function npm(...args: readonly string[]): string {
  return execFileSync('npm', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
}

function write(name: string, text: string): void {
  writeFileSync(path.join(OUTPUT, name), text);
}
