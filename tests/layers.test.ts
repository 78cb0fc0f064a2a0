import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from './support/run.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'layers-'));
  for (const file of ['biome.json', 'package.json', 'lint/pure.grit']) {
    cpSync(path.join(ROOT, file), path.join(folder, file));
  }
});
afterAll(() => rmSync(folder, { recursive: true }));

/** What the linter says of a file with this text at this place, by the project's own rules. */
function lint(file: string, text: string): string {
  mkdirSync(path.join(folder, path.dirname(file)), { recursive: true });
  writeFileSync(path.join(folder, file), text);
  const biome = path.join(ROOT, 'node_modules/.bin/biome');
  const run = spawnSync(biome, ['lint', '--vcs-enabled=false', file], { cwd: folder, encoding: 'utf8' });
  return run.stdout + run.stderr;
}

const importing = (specifier: string) => `import { x } from '${specifier}';\nexport const y = x;\n`;

describe('the linter holds the layers', () => {
  it.each([
    ['controllers/kaos-routes/desired.ts', importing('../../webhooks/app.ts'), 'controllers/ is pure'],
    ['controllers/kaos-routes/desired.ts', importing('fastify'), 'controllers/ is pure'],
    ['controllers/kaos-routes/desired.ts', importing('pino'), 'controllers/ is pure'],
    ['controllers/kaos-routes/desired.ts', importing('node:fs'), 'controllers/ is pure'],
    ['controllers/kaos-routes/desired.ts', importing('@fastify/type-provider-typebox'), 'controllers/ is pure'],
    ['controllers/kaos-routes/desired.ts', importing('../another/desired.ts'), 'controllers/ is pure'],
    ['controllers/another/desired.ts', importing('../kaos-routes/desired.ts'), 'controllers/ is pure'],
    ['controllers/kaos-runtime/agent/pod.ts', importing('yaml'), 'controllers/ is pure'],
    ['controllers/kaos-runtime/agent/pod.ts', importing('../model-api/pod.ts'), 'controllers/ is pure'],
    ['controllers/kaos-runtime/agent/pod.ts', importing('../../kaos-routes/desired.ts'), 'controllers/ is pure'],
    ['controllers/kaos-runtime/agent/pod.ts', importing('./controller.ts'), 'Only the registry knows controllers'],
    ['controllers/kaos-runtime/status.ts', importing('./agent/pod.ts'), 'controllers/ is pure'],
    ['controllers/kubernetes/clean.ts', importing('yaml'), 'knows of no controller'],
    ['controllers/kubernetes/yaml.ts', importing('node:fs'), 'read and written here alone'],
    ['controllers/registry.ts', importing('./kaos-runtime/agent/pod.ts'), 'a list of controllers'],
    ['controllers/another/desired.ts', 'export const y = globalThis.Date;\n', 'controllers/ is pure'],
    ['controllers/another/desired.ts', 'export const y = Math.random();\n', 'no randomness'],
    ['controllers/another/desired.ts', "export const y = 'a'.localeCompare('b');\n", 'order of code units'],
    ['controllers/another/desired.ts', 'setInterval(() => 1, 1);\n', 'waits for nothing'],
    ['controllers/contract.ts', importing('./another/desired.ts'), 'knows of no controller'],
    ['controllers/resources/kaos/agent.ts', importing('../../another/desired.ts'), 'knows of no controller'],
    ['controllers/registry.ts', importing('./another/desired.ts'), 'a list of controllers'],
    ['webhooks/render/render.ts', importing('../../controllers/another/desired.ts'), 'by the registry only'],
    ['controllers/kaos-routes/desired.ts', importing('./controller.ts'), 'Only the registry knows controllers'],
    ['controllers/kaos-routes/desired.ts', 'export const y = new Date();\n', 'has no clock'],
    ['controllers/kaos-routes/desired.ts', 'export const y = process.env;\n', 'controllers/ is pure'],
    ['controllers/kaos-routes/desired.ts', 'export const y = Promise.resolve();\n', 'waits for nothing'],
    ['controllers/kaos-routes/desired.ts', 'export const y = crypto.randomUUID();\n', 'has no randomness'],
    ['controllers/kubernetes/names.ts', importing('../kaos-routes/desired.ts'), 'knows of no controller'],
    ['controllers/kubernetes/names.ts', importing('node:fs'), 'knows of no controller'],
    ['controllers/registry.ts', importing('fastify'), 'a list of controllers'],
    ['controllers/crds.ts', importing('./kaos-routes/controller.ts'), 'a list of CRDs'],
    ['controllers/crds.ts', importing('./resources/kaos/agent.ts'), 'a list of CRDs'],
    ['controllers/kubernetes/crd/volumes.ts', importing('../../resources/kaos/agent.ts'), 'knows of no controller'],
    [
      'webhooks/crds/main.ts',
      importing('../../controllers/resources/agentic-layer/agent-crd.ts'),
      'by the registry only',
    ],
    ['webhooks/app.ts', importing('../controllers/kaos-routes/controller.ts'), 'by the registry only'],
    ['webhooks/app.ts', 'export const y = process.env;\n', 'noProcessEnv'],
    ['webhooks/app.ts', 'export default 1;\n', 'noDefaultExport'],
    ['webhooks/app.ts', `export function f(a: 1, b: 1, c: 1, d: 1) {\n  return [a, b, c, d];\n}\n`, 'useMaxParams'],
    ['webhooks/app.ts', `export function f() {\n${'  f();\n'.repeat(41)}}\n`, 'noExcessiveLinesPerFunction'],
  ])('%s: %j', (file, text, complaint) => {
    expect(lint(file, text)).toContain(complaint);
  });

  it.each([
    ['controllers/registry.ts', importing('./kaos-routes/controller.ts')],
    ['controllers/registry.ts', importing('./kaos-runtime/agent/controller.ts')],
    ['controllers/kaos-runtime/agent/pod.ts', importing('../container.ts')],
    ['controllers/kaos-runtime/agent/pod.ts', importing('../../kubernetes/names.ts')],
    ['controllers/kaos-runtime/agent/pod.ts', importing('../../resources/kaos/agent.ts')],
    ['controllers/kaos-runtime/agent/pod.ts', importing('../../settings.ts')],
    ['controllers/kubernetes/yaml.ts', importing('yaml')],
    ['controllers/kaos-routes/desired.ts', importing('../kubernetes/names.ts')],
    ['controllers/kaos-routes/desired.ts', importing('../resources/kaos/agent.ts')],
    ['controllers/kaos-routes/desired.ts', importing('../contract.ts')],
    ['controllers/kaos-routes/desired.ts', importing('./timeout.ts')],
    ['controllers/kaos-routes/desired.ts', importing('@sinclair/typebox')],
    ['controllers/resources/kaos/agent.ts', importing('../../kubernetes/kind.ts')],
    ['controllers/resources/kaos/agent.ts', importing('../../kubernetes/crd/definition.ts')],
    ['controllers/kubernetes/crd/definition.ts', importing('../kind.ts')],
    ['controllers/crds.ts', importing('./resources/agentic-layer/agent-crd.ts')],
    ['webhooks/app.ts', importing('../controllers/registry.ts')],
    ['webhooks/crds/main.ts', importing('../../controllers/crds.ts')],
    ['webhooks/render/render.ts', importing('../../controllers/kubernetes/kind.ts')],
    ['webhooks/settings.ts', 'export const y = process.env;\n'],
  ])('%s may: %j', (file, text) => {
    expect(lint(file, text)).toMatch(/^Checked 1 file in .*No fixes applied\.\n$/);
  });
});
