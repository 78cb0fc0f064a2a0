import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { blocks, readDocument } from '../support/documents.ts';
import { needing } from '../support/needing.ts';
import { itemsOf } from '../support/rendering.ts';
import { ROOT } from '../support/run.ts';
import { testService } from '../support/service.ts';

const commands = blocks(readDocument('docs/render.md'), 'sh');
const command = (pattern: RegExp) => commands.filter((block) => pattern.test(block));
const shell = (block: string) => execFileSync('bash', ['-euc', block], { cwd: ROOT, encoding: 'utf8' });

describe('the page about render', () => {
  it('has only commands that are tested here', () => {
    const known = /npm run|npm start$|^curl /;
    expect(commands.filter((block) => !known.test(block))).toEqual([]);
  });

  it('has a command that renders JSON', () => {
    const [render = ''] = command(/--output json/);
    const items = itemsOf(shell(render), 'HTTPRoute');
    expect(items).toHaveLength(3);
    expect(items[0].spec.hostnames).toEqual(['agents.example.com']);
  });
  it('has a command that renders the KAOS runtime', () => {
    const [render = ''] = command(/--kaos-runtime/);
    expect(shell(render)).toMatch(/^Agent support\/desk +Pending +Deployment\/agent-desk, Service\/agent-desk /m);
  });

  needing({ name: 'curl on PATH', found: spawnSync('curl', ['--version']).status === 0 }).it(
    'has commands that start the service and call it with curl',
    async () => {
      const [start = ''] = command(/npm start$/);
      const [curl = ''] = command(/^curl /);
      const variables = [...start.matchAll(/(\w+)=(\S+)/g)].map(([, name, value]) => [name, value]);
      const { hooks } = testService(Object.fromEntries(variables));
      const address = await hooks.listen({ host: '127.0.0.1', port: 0 });
      const called = curl.replace('http://localhost:8080', address);
      const [program = '', ...args] = called.split(' ');
      const { stdout: answer } = await promisify(execFile)(program, args, { cwd: ROOT });
      await hooks.close();
      expect(JSON.parse(answer)).toEqual(
        JSON.parse(readDocument('tests/fixtures/kaos-routes/agent-new.sync.response.json')),
      );
    },
  );
});
