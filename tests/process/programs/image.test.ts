import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ROOT, runNode } from '../../support/run.ts';

const dockerfile = readFileSync(path.join(ROOT, 'Dockerfile'), 'utf8');
const [dependencies = '', image = ''] = dockerfile.split(/^FROM /m).slice(1);
/** The build arguments with their default values. */
const presets = Object.fromEntries(
  [...dockerfile.matchAll(/^ARG (\w+)=(\S+)$/gm)].map(([, name, value]) => [name, value]),
);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'image-'));
  for (const stage of [dependencies, image]) {
    for (const file of copied(stage)) {
      cpSync(path.join(ROOT, file), path.join(folder, file), { recursive: true });
    }
  }
  const install = /^RUN npm (ci .*)$/m.exec(dependencies)?.[1]?.split(' ') ?? [];
  execFileSync('npm', [...install, '--prefer-offline', '--no-audit'], { cwd: folder, stdio: 'pipe' });
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true }));

/** The files that a stage copies from the project. */
function copied(stage: string): string[] {
  return [...stage.matchAll(/^COPY (?!--from)(.*) \S+$/gm)].flatMap(([, files = '']) => files.split(' '));
}

it('the image has all files that its command and render need', async () => {
  const [, command] = /^CMD (\[.*\])$/m.exec(image) ?? [];
  const settings = { env: { GATEWAY_API_ENABLED: 'no setting' }, cwd: folder };
  const served = await runNode(JSON.parse(command ?? '[]'), settings);
  expect(served.stderr).toBe('GATEWAY_API_ENABLED: "no setting" is not valid; expected true or false\n');
  const server = [
    'apiVersion: kaos.tools/v1alpha1',
    'kind: MCPServer',
    'metadata: {name: a}',
    'spec: {runtime: python-string}',
  ];
  const args = ['webhooks/render/main.ts', '--kaos-runtime', '--strict', '-'];
  const { code, stdout, stderr } = await runNode(args, { cwd: folder, input: server.join('\n') });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain('image: axsauze/kaos-mcp-python-string');
});

it('the image runs without root and without a shell', () => {
  expect(image).toMatch(/^\$\{RUNTIME_IMAGE\}$/m);
  expect(presets['RUNTIME_IMAGE']).toMatch(/:nonroot$/);
  expect(image).toMatch(/^USER 65532:65532$/m);
  expect(image).not.toMatch(/^RUN /m);
});

it('every base image is a build argument, so that a release can pin its digest', () => {
  const bases = [...dockerfile.matchAll(/^FROM (?:--platform=\S+ )?(\S+)/gm)].map(([, base = '']) => base);
  expect(bases).toEqual(Object.keys(presets).map((name) => `\${${name}}`));
});
