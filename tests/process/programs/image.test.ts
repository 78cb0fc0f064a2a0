import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { OLDEST_OF_BUNDLES } from '../../../.ci/build/programs.ts';
import { BUNDLES, IMAGE, type ImageFiles, imageFiles } from '../../support/image-files.ts';
import { nodeOfVersion } from '../../support/node-versions.ts';
import { recordedBody } from '../../support/recordings.ts';
import { ROOT, runNode } from '../../support/run.ts';
import { killServices, startService } from '../../support/service-process.ts';

const dockerfile = readFileSync(path.join(ROOT, 'Dockerfile'), 'utf8');
/** The build arguments with their default values. */
const presets = Object.fromEntries(
  [...dockerfile.matchAll(/^ARG (\w+)=(\S+)$/gm)].map(([, name, value]) => [name, value]),
);
const COMMAND: readonly string[] = JSON.parse(/^CMD (\[.*\])$/m.exec(IMAGE)?.[1] ?? '[]');
const SETTINGS = { GATEWAY_API_ENABLED: 'true', GATEWAY_NAMESPACE: 'kaos-system' };

describe('the files of the image', () => {
  let image: ImageFiles;
  beforeAll(async () => {
    image = await imageFiles();
  }, 120_000);
  afterEach(killServices);
  afterAll(() => image?.remove());

  const run = (args: readonly string[], input = '') => runNode(args, { cwd: image.folder, input });
  const start = () =>
    startService({ NODE_ENV: 'production', ...SETTINGS }, [], { program: COMMAND, cwd: image.folder });

  it('serve the hooks, pass the check of `helm test`, and end on SIGTERM, without a folder of packages', async () => {
    const { port, adminPort, child, ended } = await start();
    const [admin, hooks] = [`http://127.0.0.1:${adminPort}`, `http://127.0.0.1:${port}`];
    const [version, metrics] = await Promise.all(['version', 'metrics'].map((page) => fetch(`${admin}/${page}`)));
    const { version: own } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
    expect(await version?.json()).toMatchObject({ name: 'agent-gateway-hooks', version: own });
    expect(await metrics?.text()).toContain('nodejs_eventloop_lag_seconds');
    const test = ['build/helm-test.js', '--readyz', `${admin}/readyz`, '--hook', `${hooks}/kaos-routes/sync`];
    expect(await run(test)).toMatchObject({ code: 0, stderr: '' });
    child.kill('SIGTERM');
    expect(await ended).toMatchObject({ code: 0, stderr: '' });
  });

  it('answer as the service from its sources does', async () => {
    const call = async ({ port }: { readonly port: number }) => {
      const answer = await fetch(`http://127.0.0.1:${port}/kaos-routes/sync`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(recordedBody('decorator-sync-agent-research.helper-new')),
      });
      return { status: answer.status, text: await answer.text() };
    };
    const answer = await call(await start());
    expect(answer).toEqual({ status: 200, text: expect.stringContaining('"HTTPRoute"') });
    expect(answer).toEqual(await call(await startService(SETTINGS)));
  });

  it('refuse settings that are not valid', async () => {
    const served = await runNode(COMMAND, { env: { GATEWAY_API_ENABLED: 'no setting' }, cwd: image.folder });
    expect(served.stderr).toBe('GATEWAY_API_ENABLED: "no setting" is not valid; expected true or false\n');
  });

  it('answer all fixtures', async () => {
    const checked = await runNode([path.join(image.folder, 'build/fixtures.js'), '--check', 'tests/fixtures']);
    expect(checked).toEqual({ code: 0, stdout: expect.stringMatching(/^fixtures: \d+, errors: 0\n$/), stderr: '' });
  });

  it('render with the runtimes of the chart', async () => {
    const server = [
      'apiVersion: kaos.tools/v1alpha1',
      'kind: MCPServer',
      'metadata: {name: a}',
      'spec: {runtime: python-string}',
    ];
    const { code, stdout, stderr } = await run(
      ['build/agent-gateway-hooks.js', 'render', '--kaos-runtime', '--strict', '-'],
      server.join('\n'),
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('image: axsauze/kaos-mcp-python-string');
  });

  it(`render with Node ${OLDEST_OF_BUNDLES} as the sources do with that of the project`, async () => {
    const args = ['--output', 'table', path.join(ROOT, 'examples')];
    const options = { cwd: image.folder, node: nodeOfVersion(OLDEST_OF_BUNDLES) };
    const rendered = await runNode(['build/agent-gateway-hooks.js', 'render', ...args], options);
    expect(rendered).toMatchObject({ code: 0, stdout: expect.stringContaining('Agent support/desk') });
    expect(rendered).toEqual(await runNode(['webhooks/command/main.ts', 'render', ...args]));
  }, 300_000);

  it('have the licence text of each package in the programs, all of them packages of the run time', () => {
    const texts = readFileSync(path.join(image.folder, 'build/licences.txt'), 'utf8');
    const packages = [...texts.matchAll(/^-{80}\n(\S+) (\S+), (\S+)\n\n(?=\S)/gm)].map(([, ...parts]) => parts);
    const listed = readFileSync(path.join(ROOT, 'docs/licences.md'), 'utf8');
    const rows = packages.map(([name, version, licence]) => `| \`${name}\` | ${version} | ${licence} |`);
    expect(rows.filter((row) => !listed.includes(row))).toEqual([]);
    const programs = readdirSync(path.join(image.folder, 'build')).filter((name) => name.endsWith('.js'));
    expect(programs).toEqual(['agent-gateway-hooks.js', 'fixtures.js', 'helm-test.js', 'main.js']);
    expect(packages.map(([name]) => name)).toEqual(expect.arrayContaining(['commander', 'diff', 'fastify', 'pino']));
  });
});

it('the image runs without root and without a shell', () => {
  expect(IMAGE).toMatch(/^\$\{RUNTIME_IMAGE\}$/m);
  expect(presets['RUNTIME_IMAGE']).toMatch(/:nonroot$/);
  expect(IMAGE).toMatch(/^USER 65532:65532$/m);
  expect(IMAGE).not.toMatch(/^RUN /m);
});

it('is made from the sources and what the bundler reads', () => {
  const copied = [...dockerfile.matchAll(/^COPY (?!--)(.*) \S+$/gm)].flatMap(([, files = '']) => files.split(' '));
  const expected = [
    'package.json',
    'package-lock.json',
    '.ci/build',
    'chart/values.schema.json',
    'controllers',
    'webhooks',
    'chart/values.yaml',
  ];
  expect(new Set(copied)).toEqual(new Set(expected));
});

it('the bundles are made from the packages of the lock file', () => {
  expect(BUNDLES).toMatch(/^RUN npm ci --ignore-scripts$/m);
});

it('every base image is a build argument, so that a release can pin its digest', () => {
  const bases = [...dockerfile.matchAll(/^FROM (?:--platform=\S+ )?(\S+)/gm)].map(([, base = '']) => base);
  expect(bases).toEqual(Object.keys(presets).map((name) => `\${${name}}`));
});
