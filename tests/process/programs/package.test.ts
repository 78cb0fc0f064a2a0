import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OLDEST_OF_BUNDLES } from '../../../.ci/build/programs.ts';
import packageJson from '../../../package.json' with { type: 'json' };
import { nodeOfVersion } from '../../support/node-versions.ts';
import { installPacked, type Packed } from '../../support/packed.ts';
import { AGENT } from '../../support/rendering.ts';
import { finished, runNode, startNode } from '../../support/run.ts';

describe('the package', () => {
  let packed: Packed;
  let archive: string;
  let elsewhere: string;
  beforeAll(() => {
    packed = installPacked();
    ({ archive, folder: elsewhere } = packed);
  }, 300_000);
  afterAll(() => packed?.remove());

  it('has the command, the library, their licences and the values of the chart, and needs no other package', () => {
    const listed = execFileSync('tar', ['--list', '--file', archive], { encoding: 'utf8' }).trim().split('\n');
    const files = [...packageJson.files, 'README.md', 'package.json'];
    expect(listed.sort()).toEqual(files.map((file) => `package/${file}`).sort());
    const installed = JSON.parse(readFileSync(path.join(elsewhere, 'package-lock.json'), 'utf8'));
    expect(Object.keys(installed.packages)).toEqual(['', 'node_modules/agent-gateway-hooks']);
  });

  const nodes: readonly [string, () => string][] = [
    [OLDEST_OF_BUNDLES, () => nodeOfVersion(OLDEST_OF_BUNDLES)],
    ['of the project', () => process.execPath],
  ];
  describe.each(nodes)('with Node %s', (_version, nodeOf) => {
    /** Runs a program of the folder's packages as a shell does, which finds Node on PATH. npm warns of an old Node, so it is silenced. */
    const run = (program: string, ...args: readonly string[]) => {
      const env = {
        PATH: `${path.dirname(nodeOf())}:${process.env['PATH']}`,
        HOME: elsewhere,
        npm_config_loglevel: 'error',
      };
      const script = ['-c', 'exec "$0" "$@"', program, ...args];
      return finished(startNode(script, { cwd: elsewhere, env, node: 'sh' }), JSON.stringify(AGENT));
    };

    it('prints as the sources do, and nothing else', async () => {
      const args = ['render', '--output', 'json', '--kaos-runtime', '-'];
      const expected = await runNode(['webhooks/command/main.ts', ...args], { input: JSON.stringify(AGENT) });
      expect(JSON.parse(expected.stdout).items).not.toEqual([]);
      expect(await run('npx', 'agent-gateway-hooks', ...args)).toEqual(expected);
      expect(await run('node_modules/.bin/kubectl-agent_gateway', ...args)).toEqual(expected);
    });

    it('runs from the archive, without an installation', async () => {
      const npx = ['--offline', '--yes', '--package', archive, 'agent-gateway-hooks'];
      expect(await run('npx', ...npx, '--version')).toEqual({
        code: 0,
        stdout: `${packageJson.version}\n`,
        stderr: '',
      });
    });
  });

  it('has the name in its help under which it was called', async () => {
    const help = (name: string) =>
      execFileSync(path.join(elsewhere, 'node_modules/.bin', name), ['--help'], { encoding: 'utf8' });
    expect(help('agent-gateway-hooks')).toMatch(/^Usage: agent-gateway-hooks \[options\]/);
    expect(help('kubectl-agent_gateway')).toMatch(/^Usage: kubectl agent_gateway \[options\]/);
  });
});
