import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import packageJson from '../../../package.json' with { type: 'json' };
import { copyProject, type ProjectCopy } from '../../support/project-copy.ts';

const { version } = packageJson;
const UNRELEASED = `## ${version} - unreleased`;

describe('a release is refused', () => {
  let project: ProjectCopy;
  beforeAll(() => {
    project = copyProject();
  }, 120_000);
  afterEach(() => project.reset());
  afterAll(() => project?.remove(), 60_000);

  /** The errors of a run, which must fail before it makes any file. */
  async function errors(...flags: readonly string[]): Promise<string[]> {
    const { code, stdout, stderr } = await project.release(...flags);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(existsSync(path.join(project.folder, 'dist'))).toBe(false);
    return stderr.trim().split('\n');
  }

  it('with a file that is not committed, whether it is new or changed', async () => {
    writeFileSync(path.join(project.folder, 'webhooks/secret.ts'), '');
    project.change('README.md', '#', '##');
    expect(await errors()).toEqual([
      'error: README.md: differs from the commit; commit it or remove it',
      'error: webhooks/secret.ts: differs from the commit; commit it or remove it',
    ]);
  });

  it('with a tag of another version', async () => {
    project.change('CHANGELOG.md', UNRELEASED, `## ${version} - 2026-12-01`);
    project.commit();
    expect(await errors('--tag', 'v99.0.0')).toEqual([`error: the tag: "v99.0.0"; expected v${version}`]);
  });

  it.each([
    ['package-lock.json', 'version', `"version": "${version}"`, '"version": "9.9.9"'],
    ['chart/Chart.yaml', 'version', `\nversion: ${version}`, '\nversion: 9.9.9'],
    ['chart/Chart.yaml', 'appVersion', `\nappVersion: ${version}`, '\nappVersion: 9.9.9'],
    ['chart/Chart.yaml', 'dependencies: agent-runtime-crds', `    version: ${version}`, '    version: 9.9.9'],
    ['chart/charts/kaos-crds/Chart.yaml', 'version', `version: ${version}`, 'version: 9.9.9'],
    ['docs/start-kaos.md', 'agent-gateway-hooks:9.9.9', `hooks:${version}`, 'hooks:9.9.9'],
  ])('with another version in %s: %s', async (file, where, from, to) => {
    project.change(file, from, to);
    project.commit();
    expect(await errors()).toEqual([`error: ${file}: ${where}: "9.9.9"; expected ${version}, as in package.json`]);
  });

  it('with a version in package.json that nothing else has', async () => {
    project.change('package.json', `"version": "${version}"`, '"version": "9.9.9"');
    project.commit();
    const all = await errors();
    expect(all).toContain('error: CHANGELOG.md: has no entry for 9.9.9; add "## 9.9.9 - unreleased" with its changes');
    expect(all).toContain(`error: chart/Chart.yaml: version: "${version}"; expected 9.9.9, as in package.json`);
    expect(all.length).toBeGreaterThan(8);
  });

  it('without its entry in the changelog', async () => {
    project.change('CHANGELOG.md', UNRELEASED, '## 0.0.1 - 2026-01-01');
    project.commit();
    expect(await errors()).toEqual([
      `error: CHANGELOG.md: has no entry for ${version}; add "## ${version} - unreleased" with its changes`,
    ]);
  });

  it('without helm', async () => {
    expect(await errors('--helm', 'no-helm')).toEqual([
      'error: no-helm cannot be run; install helm 4, or set HELM to the program that `npm run helm` builds',
    ]);
  });

  it('with an entry without changes, of an unknown kind, or without a day', async () => {
    project.change('CHANGELOG.md', UNRELEASED, `${UNRELEASED}\n\n## 0.0.1 - 2026-01-01`);
    project.commit();
    expect(await errors()).toEqual([`error: CHANGELOG.md: ${version}: lists no changes`]);
    project.change('CHANGELOG.md', /\n\n## 0\.0\.1 - 2026-01-01/, '');
    project.change('CHANGELOG.md', '### Added', '### Improved');
    project.commit();
    expect(await errors('--tag', `v${version}`)).toEqual([
      `error: CHANGELOG.md: ${version}: "Improved" is not a valid kind; expected Added, Changed, Deprecated, Removed, Fixed, Security`,
      `error: CHANGELOG.md: ${version}: "unreleased" is not a valid day; expected YYYY-MM-DD`,
    ]);
  });
});
