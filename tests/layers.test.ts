import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import biomeConfig from '../biome.json' with { type: 'json' };
import { ROOT } from './support/run.ts';

const importing = (specifier: string) => `import { x } from '${specifier}';\nexport const y = x;\n`;

/** Refused files: path, text, and the message of the linter. */
const REFUSED: readonly [string, string, string][] = [
  ['controllers/kaos-routes/desired.ts', importing('../../webhooks/server/app.ts'), 'controllers/ is pure'],
  ['controllers/kaos-routes/desired.ts', importing('fastify'), 'controllers/ is pure'],
  ['controllers/kaos-routes/desired.ts', importing('pino'), 'controllers/ is pure'],
  ['controllers/kaos-routes/desired.ts', importing('node:fs'), 'controllers/ is pure'],
  ['controllers/kaos-routes/desired.ts', importing('@fastify/type-provider-typebox'), 'controllers/ is pure'],
  ['controllers/kaos-routes/desired.ts', importing('../another/desired.ts'), 'controllers/ is pure'],
  ['controllers/kaos-routes/desired.ts', importing('@sinclair/typebox'), 'Only controllers/typebox.ts'],
  ['webhooks/wire/customize.ts', importing('@sinclair/typebox/value'), 'Only controllers/typebox.ts'],
  ['tests/support/controllers.ts', importing('@sinclair/typebox'), 'Only controllers/typebox.ts'],
  ['controllers/typebox.ts', importing('./misfit.ts'), 'imports only TypeBox'],
  ['controllers/another/desired.ts', importing('../kaos-routes/desired.ts'), 'controllers/ is pure'],
  ['controllers/kaos-runtime/agent/pod.ts', importing('yaml'), 'controllers/ is pure'],
  ['controllers/kaos-runtime/agent/pod.ts', importing('../model-api/pod.ts'), 'controllers/ is pure'],
  ['controllers/kaos-runtime/agent/pod.ts', importing('../../kaos-routes/desired.ts'), 'controllers/ is pure'],
  ['controllers/kaos-runtime/agent/pod.ts', importing('./controller.ts'), 'Only registry.ts imports a controller.ts'],
  ['controllers/kaos-runtime/status.ts', importing('./agent/pod.ts'), 'controllers/ is pure'],
  ['controllers/kubernetes/objects/clean.ts', importing('yaml'), 'must not import a controller'],
  ['controllers/data/yaml.ts', importing('node:fs'), 'the package yaml'],
  ['controllers/data/nearest-name.ts', importing('yaml'), 'the package leven'],
  ['controllers/data/order.ts', importing('leven'), 'it imports only itself'],
  ['controllers/access/access-of.ts', importing('../kaos-routes/desired.ts'), 'must not import a controller'],
  ['controllers/policies/policy.ts', importing('../kaos-routes/desired.ts'), 'must not import a controller'],
  ['controllers/gateway-api/route-parts.ts', importing('../policies/policy.ts'), 'must not import a controller'],
  ['controllers/settings.ts', importing('./access/access-of.ts'), 'the access rules'],
  ['webhooks/settings/settings.ts', importing('../wire/customize.ts'), 'only the rooms below it'],
  ['webhooks/doctor/checks/kinds.ts', importing('../../command/kubectl.ts'), 'a pure function of what was gathered'],
  ['webhooks/schemas/faults.ts', importing('../evaluate/remark.ts'), 'only the rooms below it'],
  ['controllers/registry.ts', importing('./kaos-runtime/agent/pod.ts'), 'a list of controllers'],
  ['controllers/another/desired.ts', 'export const y = globalThis.Date;\n', 'global variable globalThis'],
  ['controllers/another/desired.ts', 'export const y = Math.random();\n', 'must not use Math.random'],
  ['controllers/another/desired.ts', "export const y = 'a'.localeCompare('b');\n", 'Use codeUnitOrder'],
  ['controllers/another/desired.ts', 'setInterval(() => 1, 1);\n', 'global variable setInterval'],
  ['controllers/contract.ts', importing('./another/desired.ts'), 'must not import a controller'],
  ['controllers/resources/kaos/agent.ts', importing('../../another/desired.ts'), 'must not import a controller'],
  ['controllers/registry.ts', importing('./another/desired.ts'), 'a list of controllers'],
  ['webhooks/render/render.ts', importing('../../controllers/another/desired.ts'), 'only through registry.ts'],
  ['controllers/kaos-routes/desired.ts', importing('./controller.ts'), 'Only registry.ts imports a controller.ts'],
  ['controllers/kaos-routes/desired.ts', 'export const y = new Date();\n', 'global variable Date'],
  ['controllers/kaos-routes/desired.ts', 'export const y = process.env;\n', 'global variable process'],
  ['controllers/kaos-routes/desired.ts', 'export const y = Promise.resolve();\n', 'global variable Promise'],
  ['controllers/kaos-routes/desired.ts', 'export const y = crypto.randomUUID();\n', 'global variable crypto'],
  ['controllers/kubernetes/values/names.ts', importing('../../kaos-routes/desired.ts'), 'must not import a controller'],
  ['controllers/kubernetes/values/names.ts', importing('node:fs'), 'must not import a controller'],
  ['controllers/registry.ts', importing('fastify'), 'a list of controllers'],
  ['controllers/crds.ts', importing('./kaos-routes/controller.ts'), 'a list of CRDs'],
  ['controllers/crds.ts', importing('./resources/kaos/agent.ts'), 'a list of CRDs'],
  ['controllers/kubernetes/crd/volumes.ts', importing('../../resources/kaos/agent.ts'), 'must not import a controller'],
  [
    'webhooks/crds/main.ts',
    importing('../../controllers/resources/agentic-layer/agent-crd.ts'),
    'only through registry.ts',
  ],
  ['webhooks/server/app.ts', importing('../../controllers/kaos-routes/controller.ts'), 'only through registry.ts'],
  ['webhooks/server/app.ts', 'export const y = process.env;\n', 'noProcessEnv'],
  ['webhooks/server/app.ts', 'export default 1;\n', 'noDefaultExport'],
  [
    'webhooks/server/app.ts',
    `export function f(a: 1, b: 1, c: 1, d: 1) {\n  return [a, b, c, d];\n}\n`,
    'useMaxParams',
  ],
  ['webhooks/server/app.ts', `export function f() {\n${'  f();\n'.repeat(41)}}\n`, 'noExcessiveLinesPerFunction'],
  ['controllers/kaos-routes/desired.ts', "export const y = () => import('../yaml.ts');\n", 'at the top of a file'],
  ['controllers/kaos-routes/desired.ts', "export type Y = import('../yaml.ts').Y;\n", 'at the top of a file'],
  ['controllers/kaos-routes/desired.ts', "export { y } from '../another/desired.ts';\n", 'controllers/ is pure'],
  ['controllers/data/order.ts', importing('../problem.ts'), 'plain data'],
  ['controllers/data/hash.ts', importing('node:fs'), 'node:crypto'],
  ['controllers/engine/echo.ts', importing('../kaos-routes/desired.ts'), 'must not import a controller'],
  ['controllers/gateway-api/enabled.ts', importing('../kaos-routes/desired.ts'), 'must not import a controller'],
  ['controllers/gateway-api/enabled.ts', importing('../resources/kaos/agent.ts'), 'must not import a controller'],
  ['controllers/engine/echo.ts', importing('../gateway-api/enabled.ts'), 'must not import a controller'],
  ['controllers/agent-gateway/rollout/pace.ts', importing('../../kaos-routes/desired.ts'), 'controllers/ is pure'],
  ['controllers/kaos-runtime/workload/container.ts', importing('../agent/pod.ts'), 'must not import a kind'],
  ['webhooks/render/render.ts', importing('../server/app.ts'), 'Only main.ts imports server/'],
  ['webhooks/settings/settings.ts', importing('../wire/customize.ts'), 'only the rooms below it'],
  ['webhooks/wire/sync-request.ts', importing('../guard/guard.ts'), 'only the rooms below it'],
  ['webhooks/guard/guard.ts', importing('../observability/metrics.ts'), 'only the rooms below it'],
  ['webhooks/observability/metrics.ts', importing('../authentication/tokens.ts'), 'only the rooms below it'],
  ['webhooks/authentication/tls.ts', importing('../guard/guard.ts'), 'only the rooms below it'],
  ['webhooks/authentication/tls.ts', importing('../answer.ts'), 'only the rooms below it'],
  ['webhooks/render/render.ts', importing('../authentication/tokens.ts'), 'only the rooms below it'],
  ['webhooks/render/render.ts', importing('../fixtures/reorder.ts'), 'only the rooms below it'],
  ['webhooks/fixtures/run-fixture.ts', importing('../authentication/tokens.ts'), 'only the rooms below it'],
  ['webhooks/crds/main.ts', importing('../evaluate/documents.ts'), 'only the rooms below it'],
  ['webhooks/evaluate/cluster.ts', importing('../render/output.ts'), 'only the rooms below it'],
  ['webhooks/helm-test/main.ts', importing('../authentication/tokens.ts'), 'only the rooms below it'],
  ['webhooks/server/app.ts', importing('../render/render.ts'), 'only the rooms below it'],
  ['webhooks/answer.ts', importing('./observability/metrics.ts'), 'imports only guard/ and wire/'],
  ['webhooks/offline.ts', importing('./wire/customize.ts'), 'imports only settings/'],
];

/** Accepted files: path and text. */
const TAKEN: readonly [string, string][] = [
  ['controllers/registry.ts', importing('./kaos-routes/controller.ts')],
  ['controllers/registry.ts', importing('./kaos-runtime/agent/controller.ts')],
  ['controllers/kaos-runtime/agent/pod.ts', importing('../workload/container.ts')],
  ['controllers/kaos-runtime/agent/pod.ts', importing('../../kubernetes/values/names.ts')],
  ['controllers/kaos-runtime/agent/pod.ts', importing('../../resources/kaos/agent.ts')],
  ['controllers/kaos-runtime/agent/pod.ts', importing('../../settings.ts')],
  ['controllers/data/yaml.ts', importing('yaml')],
  ['controllers/kaos-routes/desired.ts', importing('../kubernetes/values/names.ts')],
  ['controllers/kaos-routes/desired.ts', importing('../resources/kaos/agent.ts')],
  ['controllers/kaos-routes/desired.ts', importing('../contract.ts')],
  ['controllers/kaos-routes/desired.ts', importing('./timeout.ts')],
  ['controllers/kaos-routes/desired.ts', importing('../typebox.ts')],
  ['webhooks/wire/customize.ts', importing('../../controllers/typebox.ts')],
  ['controllers/typebox.ts', importing('@sinclair/typebox/value')],
  ['controllers/resources/kaos/agent.ts', importing('../../reading.ts')],
  ['controllers/resources/kaos/agent.ts', importing('../../kubernetes/crd/definition.ts')],
  ['controllers/kubernetes/crd/definition.ts', importing('../../reading.ts')],
  ['controllers/crds.ts', importing('./resources/agentic-layer/agent-crd.ts')],
  ['webhooks/server/app.ts', importing('../../controllers/registry.ts')],
  ['webhooks/crds/main.ts', importing('../../controllers/crds.ts')],
  ['webhooks/render/render.ts', importing('../../controllers/reading.ts')],
  ['webhooks/settings/settings.ts', 'export const y = process.env;\n'],
  ['controllers/data/hash.ts', importing('node:crypto')],
  ['controllers/engine/echo.ts', importing('../kubernetes/objects/clean.ts')],
  ['controllers/agent-gateway/rollout/pace.ts', importing('../agents/exposed-agents.ts')],
  ['controllers/kaos-runtime/workload/container.ts', importing('../gateway/addresses.ts')],
  ['controllers/kaos-runtime/gateway/addresses.ts', importing('../../gateway-api/enabled.ts')],
  ['controllers/kaos-routes/desired.ts', importing('../gateway-api/enabled.ts')],
  ['controllers/agent-gateway/agents/exposed-agents.ts', importing('../../gateway-api/enabled.ts')],
  ['controllers/gateway-api/enabled.ts', importing('../engine/related-rule.ts')],
  ['webhooks/main.ts', importing('./server/app.ts')],
  ['webhooks/main.ts', importing('./authentication/credentials.ts')],
  ['webhooks/guard/guard.ts', importing('../wire/sync-forms.ts')],
  ['webhooks/guard/guard.ts', importing('../../controllers/engine/related-rule.ts')],
  ['webhooks/observability/call-report.ts', importing('../guard/violation.ts')],
  ['webhooks/authentication/tls.ts', importing('../observability/metrics.ts')],
  ['webhooks/server/app.ts', importing('../authentication/tls.ts')],
  ['webhooks/server/app.ts', importing('../answer.ts')],
  ['webhooks/evaluate/hook-calls.ts', importing('../answer.ts')],
  ['webhooks/evaluate/checked.ts', importing('../schemas/check-document.ts')],
  ['controllers/data/nearest-name.ts', importing('leven')],
  ['webhooks/fixtures/fixture-files.ts', importing('../evaluate/files.ts')],
  ['webhooks/answer.ts', importing('./guard/guard.ts')],
];

interface Diagnostic {
  readonly location: { readonly path: string };
}

let folder: string;
/** What the linter reports for each case with the rules of the project, from a single run. */
let said: string[];

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'layers-'));
  cpSync(path.join(ROOT, 'lint'), path.join(folder, 'lint'), { recursive: true });
  writeFileSync(path.join(folder, 'biome.json'), '{ "root": true }');
  const { vcs: _vcs, files: _files, plugins, ...rules } = biomeConfig;
  const ownConfig = JSON.stringify({ ...rules, root: false, plugins: plugins.map((plugin) => `../${plugin}`) });
  // Each case has its own folder with the rules, so that the linter sees the same paths as in the project.
  const cases = [...REFUSED, ...TAKEN];
  for (const [index, [file, text]] of cases.entries()) {
    const place = path.join(folder, String(index));
    mkdirSync(path.join(place, path.dirname(file)), { recursive: true });
    writeFileSync(path.join(place, 'biome.json'), ownConfig);
    cpSync(path.join(ROOT, 'package.json'), path.join(place, 'package.json'));
    writeFileSync(path.join(place, file), text);
  }
  said = cases.map(() => '');
  for (const diagnostic of lint()) {
    const index = Number(diagnostic.location.path.split('/')[0]);
    said[index] += JSON.stringify(diagnostic);
  }
});
afterAll(() => rmSync(folder, { recursive: true }));

function lint(): readonly Diagnostic[] {
  const program = path.join(ROOT, 'node_modules/.bin/biome');
  const args = ['lint', '--reporter=json', '--max-diagnostics=none', '.'];
  const { stdout } = spawnSync(program, args, { cwd: folder, encoding: 'utf8' });
  return JSON.parse(stdout).diagnostics;
}

describe('the linter', () => {
  it.each(REFUSED.map((row, index) => [...row, index] as const))('refuses, in %s: %j', (_file, _text, why, index) => {
    expect(said[index]).toContain(why);
  });

  it.each(TAKEN.map((row, index) => [...row, REFUSED.length + index] as const))(
    'accepts, in %s: %j',
    (_f, _t, index) => {
      expect(said[index]).toBe('');
    },
  );
});
