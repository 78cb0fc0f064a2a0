import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import packageJson from '../../../package.json' with { type: 'json' };
import { withHelm } from '../../support/helm.ts';
import { copyProject, type ProjectCopy } from '../../support/project-copy.ts';
import { type Ran, ROOT, runNode } from '../../support/run.ts';

const { version } = packageJson;
const CHART = `agent-gateway-hooks-${version}.tgz`;
const PACKAGE = `npm-agent-gateway-hooks-${version}.tgz`;
const SOURCE = 'https://github.example/team/agent-gateway-hooks';
const IMAGE = 'ghcr.example/team/agent-gateway-hooks';
const BUILDER = `${SOURCE}/.github/workflows/release.yaml@refs/tags/v${version}`;
const DIGEST = `sha256:${'a'.repeat(64)}`;

withHelm.describe('the files of a release', () => {
  let project: ProjectCopy;
  let ran: Ran;
  beforeAll(async () => {
    project = copyProject();
    project.change('CHANGELOG.md', / - unreleased$/m, ' - 2026-12-01');
    project.commit();
    const published = ['--source', SOURCE, '--image', IMAGE, '--digest', DIGEST, '--builder', BUILDER];
    ran = await project.release('--tag', `v${version}`, ...published);
  }, 120_000);
  afterAll(() => project?.remove(), 60_000);

  const inFolder = (file: string) => path.join(project.folder, file);
  const tar = (...args: readonly string[]) => execFileSync('tar', args, { cwd: inFolder('dist'), encoding: 'utf8' });
  const contents = (archive: string) => tar('--list', '--file', archive).trim().split('\n').sort();
  const tracked = (...paths: readonly string[]) =>
    execFileSync('git', ['ls-files', ...paths], { cwd: project.folder, encoding: 'utf8' })
      .trim()
      .split('\n');

  it('are the chart, the package, the list of packages, provenance, checksums and notes', () => {
    expect(ran).toMatchObject({ code: 0, stderr: '' });
    const files = [CHART, PACKAGE, 'SHA256SUMS', 'provenance.json', 'release-notes.md', 'sbom.spdx.json'];
    expect(readdirSync(inFolder('dist')).sort()).toEqual(files.sort());
    expect(execFileSync('git', ['status', '--porcelain'], { cwd: project.folder, encoding: 'utf8' })).toBe('');
  });

  it('have the checksums that are printed, which sha256sum checks', () => {
    const sums = project.read('dist/SHA256SUMS');
    expect(ran.stdout).toBe(sums);
    const checked = execFileSync('sha256sum', ['--check', 'SHA256SUMS'], { cwd: inFolder('dist'), encoding: 'utf8' });
    expect(checked.trim().split('\n')).toEqual(
      [CHART, PACKAGE, 'sbom.spdx.json', 'provenance.json'].map((name) => `${name}: OK`),
    );
  });

  it('have provenance with the checksums of the files, the commit and the lock file', () => {
    const statement = JSON.parse(project.read('dist/provenance.json'));
    const sums = project
      .read('dist/SHA256SUMS')
      .trim()
      .split('\n')
      .map((line) => line.split('  '));
    const subject = sums.slice(0, 3).map(([sha256, name]) => ({ name, digest: { sha256 } }));
    expect(statement).toMatchObject({ _type: 'https://in-toto.io/Statement/v1', subject });
    const gitCommit = execFileSync('git', ['rev-parse', 'HEAD'], { cwd: project.folder, encoding: 'utf8' }).trim();
    const { buildDefinition, runDetails } = statement.predicate;
    const { externalParameters, resolvedDependencies } = buildDefinition;
    expect(runDetails).toEqual({ builder: { id: BUILDER } });
    expect(externalParameters).toEqual({ version, source: SOURCE, image: IMAGE, digest: DIGEST });
    expect(resolvedDependencies[0]).toMatchObject({ uri: `git+${SOURCE}@${gitCommit}`, digest: { gitCommit } });
  });

  it('have the changelog of this version as notes', () => {
    const notes = project.read('dist/release-notes.md');
    expect(notes).toMatch(/^### Added$/m);
    expect(notes).not.toMatch(/^## /m);
    expect(project.read('CHANGELOG.md')).toContain(notes);
  });

  it('have a list of packages for this version', () => {
    expect(JSON.parse(project.read('dist/sbom.spdx.json')).packages[0]).toMatchObject({ versionInfo: version });
  });

  describe('the package', () => {
    it('has the command and what it reads, and no sources', () => {
      const files = [...packageJson.files, 'package.json', 'README.md'];
      expect(contents(PACKAGE)).toEqual(files.map((file) => `package/${file}`).sort());
    });

    it('renders', async () => {
      tar('--extract', '--file', PACKAGE);
      const example = path.join(ROOT, 'examples/kaos-routes/agent.yaml');
      const program = inFolder('dist/package/build/agent-gateway-hooks.js');
      const rendered = await runNode([program, 'render', example], { cwd: inFolder('dist') });
      expect(rendered).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining('kind: HTTPRoute') });
    });
  });

  describe('the chart', () => {
    const ofChart = (file: string) => tar('--extract', '--to-stdout', '--file', CHART, `agent-gateway-hooks/${file}`);

    it('has the files of the chart', () => {
      const files = tracked('chart').map((file) => file.replace('chart/', 'agent-gateway-hooks/'));
      expect(contents(CHART)).toEqual(files.sort());
    });

    it('names the image that the release publishes, by its digest, and changes no other value', () => {
      const source = project.read('chart/values.yaml').split('\n');
      const changed = ofChart('values.yaml')
        .split('\n')
        .filter((line) => !source.includes(line));
      expect(changed.map((line) => line.trim().split(' # ')[0])).toEqual([
        `repository: "${IMAGE}"`,
        `tag: "${version}@${DIGEST}"`,
      ]);
      const helm = process.env['HELM'] || 'helm';
      const rendered = execFileSync(helm, ['template', 'a', inFolder(`dist/${CHART}`)], { encoding: 'utf8' });
      expect(rendered).toContain(`image: ${IMAGE}:${version}@${DIGEST}\n`);
    });

    it('leads to the repository where files are not in the archive', () => {
      expect(ofChart('README.md')).toContain(`](${SOURCE}/blob/v${version}/docs/kaos-runtime.md#versions-of-kaos)`);
      expect(ofChart('README.md')).not.toContain('](../');
    });

    it('tells Artifact Hub its changes, images and kinds, and no licence', () => {
      const { annotations, ...chart } = parse(ofChart('Chart.yaml'));
      expect(chart).toMatchObject({ version, appVersion: version, home: SOURCE, sources: [SOURCE] });
      expect(Object.keys(annotations).filter((name) => name.includes('license'))).toEqual([]);
      expect(annotations).toMatchObject({
        'artifacthub.io/prerelease': 'false',
        'artifacthub.io/category': 'networking',
      });
      const told = (name: string) => parse(annotations[`artifacthub.io/${name}`]);
      expect(told('changes')).toContainEqual({
        kind: 'added',
        description: expect.stringMatching(/^`kaos-routes`: .*[^-]$/),
      });
      expect(told('images')).toContainEqual({ name: 'agent-gateway-hooks', image: `${IMAGE}:${version}@${DIGEST}` });
      expect(told('images')).toContainEqual({ name: 'ollama', image: 'ollama/ollama:latest' });
      const kinds = told('crds').map(({ displayName }: { readonly displayName: string }) => displayName);
      expect(kinds).toEqual(expect.arrayContaining(['Agent of kaos.tools', 'Agent of runtime.agentic-layer.ai']));
      expect(kinds).toHaveLength(8);
      const examples = told('crdsExamples').map(
        ({ kind, apiVersion }: Record<string, string>) => `${kind} of ${apiVersion}`,
      );
      expect(examples).toContain('MemoryStore of kaos.tools/v1alpha1');
      expect(new Set(examples).size).toBe(examples.length);
    });
  });
});
