import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { parse } from 'yaml';
import packageJson from '../../../package.json' with { type: 'json' };
import { hasHelm } from '../../support/helm.ts';
import { needing } from '../../support/needing.ts';
import { copyProject, type ProjectCopy } from '../../support/project-copy.ts';
import { programs, runSteps, type Step } from '../../support/workflow.ts';

const { version } = packageJson;
const TAG = `v${version}`;
const IMAGE = 'ghcr.io/some-team/agent-gateway-hooks';
const CHARTS = 'ghcr.io/some-team/charts';
const REPOSITORY = 'https://github.example/Some-Team/agent-gateway-hooks';
const DIGEST = `sha256:${'b'.repeat(64)}`;
const CHART_DIGEST = `sha256:${'c'.repeat(64)}`;

/** Each stand-in writes its call to a file. They stand for what is outside: registries, signatures and GitHub. */
const CALLED = 'echo "$(basename "$0") $*" >> "$CALLS"';
const DOCKER = `${CALLED}
case "$*" in
  'buildx imagetools inspect '*) echo "sha256:of-$4" ;;
  *--metadata-file*) echo '{"containerimage.digest": "${DIGEST}"}' > "$RUNNER_TEMP/build.json" ;;
esac`;
const HELM = `if [ "$1" = package ] || [ "$1" = version ]; then exec "$REAL_HELM" "$@"; fi
${CALLED}
if [ "$1" = push ]; then echo 'Digest: ${CHART_DIGEST}' >&2; fi`;

const hasJq = spawnSync('jq', ['--version']).status === 0;
const needs = [
  { name: 'HELM', found: hasHelm },
  { name: 'jq on PATH', found: hasJq },
];

needing(...needs).describe('the workflow of a release, with stand-ins for what is outside', () => {
  let project: ProjectCopy;
  let folder: string;
  let steps: readonly Step[];
  beforeAll(() => {
    project = copyProject();
    folder = mkdtempSync(path.join(tmpdir(), 'workflow-'));
    const { publish } = parse(project.read('.github/workflows/release.yaml')).jobs;
    // The copy has the packages of this project.
    steps = publish.steps.filter(({ run }: Step) => run !== 'npm ci');
  }, 120_000);
  afterEach(() => project.reset());
  afterAll(() => {
    project?.remove();
    rmSync(folder, { recursive: true });
  }, 60_000);

  function release(tag: string, docker = DOCKER) {
    const calls = path.join(mkdtempSync(path.join(folder, 'run-')), 'calls');
    const bin = programs(folder, { docker, helm: HELM, cosign: CALLED, gh: CALLED });
    const ran = runSteps(steps, {
      project: project.folder,
      folder,
      env: {
        PATH: [bin, path.dirname(process.execPath), process.env['PATH']].join(path.delimiter),
        ...{ HOME: process.env['HOME'] ?? '', RUNNER_TEMP: folder, CALLS: calls },
        REAL_HELM: process.env['HELM'] || 'helm',
        ...{ GITHUB_REF_NAME: tag, GITHUB_SHA: 'd'.repeat(40), GITHUB_ACTOR: 'someone' },
        GITHUB_SERVER_URL: 'https://github.example',
        GITHUB_REPOSITORY: 'Some-Team/agent-gateway-hooks',
        GITHUB_REPOSITORY_OWNER: 'Some-Team',
        GITHUB_WORKFLOW_REF: `Some-Team/agent-gateway-hooks/.github/workflows/release.yaml@refs/tags/${tag}`,
      },
    });
    return { last: ran.at(-1), calls: existsSync(calls) ? readFileSync(calls, 'utf8').trim().split('\n') : [] };
  }

  it('publishes and signs the image, then the chart that names it, then the files', () => {
    project.change('CHANGELOG.md', ' - unreleased', ' - 2026-12-01');
    project.commit();
    const { last, calls } = release(TAG);
    expect(last).toMatchObject({ step: expect.stringContaining('Publish the files'), code: 0 });
    const bases = [...project.read('Dockerfile').matchAll(/^ARG (\w+)=(\S+)$/gm)];
    expect(bases).toHaveLength(2);
    const pinned = bases.map(([, name, base]) => `--build-arg=${name}=${base}@sha256:of-${base}`).join(' ');
    const build = calls.filter((call) => call.startsWith('docker buildx build'));
    expect(build).toEqual([
      expect.stringContaining(`--push --platform linux/amd64,linux/arm64 --tag ${IMAGE}:${version} ${pinned} `),
    ]);
    expect(calls.slice(calls.indexOf(build[0] ?? '') + 1)).toEqual([
      `helm push dist/agent-gateway-hooks-${version}.tgz oci://${CHARTS}`,
      `cosign sign --yes ${IMAGE}@${DIGEST}`,
      `cosign sign --yes ${CHARTS}/agent-gateway-hooks@${CHART_DIGEST}`,
      `cosign attest --yes --type spdxjson --predicate dist/sbom.spdx.json ${IMAGE}@${DIGEST}`,
      `gh release create ${TAG} --verify-tag --title ${TAG} --notes-file dist/release-notes.md dist/agent-gateway-hooks-${version}.tgz dist/npm-agent-gateway-hooks-${version}.tgz dist/sbom.spdx.json dist/provenance.json dist/SHA256SUMS`,
    ]);
    const { predicate } = JSON.parse(project.read('dist/provenance.json'));
    expect(predicate.buildDefinition.externalParameters).toEqual({
      version,
      source: REPOSITORY,
      image: IMAGE,
      digest: DIGEST,
    });
    expect(predicate.runDetails.builder.id).toBe(`${REPOSITORY}/.github/workflows/release.yaml@refs/tags/${TAG}`);
  }, 120_000);

  it('publishes nothing, and asks no registry, if the tag is not the version', () => {
    const { last, calls } = release('v99.0.0');
    expect(last).toMatchObject({ code: 1, stderr: expect.stringContaining(`the tag: "v99.0.0"; expected ${TAG}`) });
    expect(calls).toEqual([]);
  });

  it('publishes nothing if a registry does not give a digest', () => {
    project.change('CHANGELOG.md', ' - unreleased', ' - 2026-12-01');
    project.commit();
    const { last, calls } = release(TAG, `${CALLED}\nif [ "$2" = imagetools ]; then exit 1; fi`);
    expect(last).toMatchObject({ step: expect.stringContaining('digests of the base images'), code: 1 });
    expect(calls.filter((call) => /push|sign|release/.test(call))).toEqual([]);
  }, 120_000);
});
