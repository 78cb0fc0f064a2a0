import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OLDEST_OF_BUNDLES } from '../../../.ci/build/programs.ts';
import { controllers } from '../../../controllers/registry.ts';
import { hookNames } from '../../../webhooks/wire/hook-names.ts';
import { nodeOfVersion } from '../../support/node-versions.ts';
import { installPacked, type Packed } from '../../support/packed.ts';
import { ROOT, runNode } from '../../support/run.ts';

const EXAMPLE = path.join(ROOT, 'examples/unit-test');
const TSC = path.join(ROOT, 'node_modules/typescript/bin/tsc');

/** What a user writes without the types of Node, in each module system. */
const CONSUMER = `import { type Answer, answerHook, type DecoratorSyncResponse, type SettingVariables, syncAgentGateway } from 'agent-gateway-hooks';
const settings: SettingVariables = { GATEWAY_HOSTNAMES: 'agents.example.com' };
const request = { controller: {}, object: {}, attachments: {}, related: {}, finalizing: false };
const answer: Answer<DecoratorSyncResponse> = syncAgentGateway(request, { settings });
export const names = answer.outcome === 'answered' ? answer.response.attachments.map(({ metadata }) => metadata.name) : [answer.why];
// @ts-expect-error: the name of a setting is wrong.
answerHook('agent-gateway/sync', request, { settings: { GATWAY_NAME: 'x' } });
// @ts-expect-error: the name of a hook is wrong.
answerHook('agent-gateway/finalize', request);
// @ts-expect-error: a composite has other fields.
syncAgentGateway({ ...request, object: undefined, parent: {} });
`;

describe("a user's unit tests with the package", () => {
  let packed: Packed;
  let folder: string;
  beforeAll(() => {
    packed = installPacked();
    ({ folder } = packed);
    cpSync(EXAMPLE, folder, { recursive: true });
    // The example installs the types of Node from a registry.
    mkdirSync(path.join(folder, 'node_modules/@types'));
    for (const name of ['@types/node', 'undici-types']) {
      symlinkSync(path.join(ROOT, 'node_modules', name), path.join(folder, 'node_modules', name));
    }
  }, 300_000);
  afterAll(() => packed?.remove());

  const run = (...args: readonly string[]) => runNode(args, { cwd: folder });
  const change = (file: string, from: string, to: string) => {
    const text = readFileSync(path.join(folder, file), 'utf8');
    expect(text).toContain(from);
    writeFileSync(path.join(folder, file), text.replace(from, to));
    return () => writeFileSync(path.join(folder, file), text);
  };

  it('pass in the example, whose types are right', async () => {
    expect(await run('--test')).toMatchObject({ code: 0, stdout: expect.stringMatching(/pass 5\b/) });
    expect(await run(TSC)).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  it('fail if the answer is another one', async () => {
    const undo = change(
      'fixtures/kaos-routes/agent.research.helper.sync.request.json',
      '"timeout": "5m"',
      '"timeout": "6m"',
    );
    const { code, stdout } = await run('--test');
    expect({ code, stdout }).toEqual({
      code: 1,
      stdout: expect.stringMatching(/✖ the helper has a route[\s\S]*fail 1\b/),
    });
    const command = 'node_modules/.bin/agent-gateway-hooks';
    expect(await run(command, 'fixture', '--check', 'fixtures')).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/^-.*"request": "5m"\n\+.*"request": "6m"$/m),
    });
    undo();
    expect(await run(command, 'fixture', '--check', 'fixtures')).toMatchObject({ code: 0 });
  });

  it.each(['bundler', 'node16', 'nodenext'])('find the types with the module resolution %s', async (resolution) => {
    const consumer = path.join(folder, 'consumer');
    mkdirSync(consumer, { recursive: true });
    writeFileSync(path.join(consumer, 'consumer.ts'), CONSUMER);
    const compilerOptions = {
      ...{ module: resolution === 'bundler' ? 'esnext' : resolution, moduleResolution: resolution },
      ...{ target: 'es2022', lib: ['es2022'], types: [], strict: true, exactOptionalPropertyTypes: true, noEmit: true },
    };
    writeFileSync(path.join(consumer, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['consumer.ts'] }));
    expect(await run(TSC, '--project', consumer)).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  it('have a function for each hook, and run with the oldest Node', () => {
    const script = "console.log(JSON.stringify(Object.keys(await import('agent-gateway-hooks'))))";
    const printed = execFileSync(nodeOfVersion(OLDEST_OF_BUNDLES), ['--input-type=module', '--eval', script], {
      cwd: folder,
      encoding: 'utf8',
    });
    const pascal = (name: string) => name.replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
    const functions = hookNames(controllers).map((name) => {
      const [controller = '', hook] = name.split('/');
      return `${hook}${pascal(controller)}`.toLowerCase();
    });
    const given: string[] = JSON.parse(printed);
    expect(given.map((name) => name.toLowerCase()).sort()).toEqual(
      [...functions, 'answerhook', 'check', 'render'].sort(),
    );
    const types = readFileSync(path.join(folder, 'node_modules/agent-gateway-hooks/build/library.d.ts'), 'utf8');
    expect(hookNames(controllers).filter((name) => !types.includes(`'${name}'`))).toEqual([]);
  });

  it('have a README that names its files', () => {
    const readme = readFileSync(path.join(EXAMPLE, 'README.md'), 'utf8');
    expect(readdirSync(EXAMPLE).filter((name) => !readme.includes(name) && name !== 'README.md')).toEqual([
      'package.json',
    ]);
  });
});
