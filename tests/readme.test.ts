import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import type { TSchema } from '../controllers/typebox.ts';
import packageJson from '../package.json' with { type: 'json' };
import { allowed, Environment, variableNames } from '../webhooks/settings/environment.ts';
import { blocks, readDocument } from './support/documents.ts';
import { helm, withHelm } from './support/helm.ts';
import { needing } from './support/needing.ts';
import { itemsOf } from './support/rendering.ts';
import { ROOT } from './support/run.ts';
import { testService } from './support/service.ts';

const read = readDocument;
const README = read('README.md');

const commands = blocks(README, 'sh');
const outputs = blocks(README, 'text');
const command = (pattern: RegExp) => commands.filter((block) => pattern.test(block));

/** Runs a block in a shell, without `npm ci`: the packages are installed already. */
function shell(block: string): string {
  return execFileSync('bash', ['-euc', block.replace('npm ci && ', '')], { cwd: ROOT, encoding: 'utf8' });
}

describe('the README', () => {
  it('has only commands that are tested here, or that start the tests', () => {
    const known = /npm run|^npm ci && npm test$|^helm install|npm start$|^curl /;
    expect(commands.filter((block) => !known.test(block))).toEqual([]);
    expect(blocks(read('CONTRIBUTING.md'), 'sh')).toEqual(['npm ci && npm run check']);
  });

  it('shows the output of render', () => {
    const [render = ''] = command(/--output table/);
    expect(shell(render)).toContain(`\n${outputs[0]}\n`);
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

  const folder = mkdtempSync(path.join(tmpdir(), 'readme-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('has commands that make a fixture and check it', () => {
    const [fixtures = ''] = command(/npm run fixtures/);
    const printed = shell(fixtures.replaceAll('/tmp/my-fixtures', folder));
    expect(printed.match(/fixtures: 1, errors: 0/g)).toHaveLength(2);
    expect(existsSync(path.join(folder, 'kaos-routes/my-agent.sync.response.json'))).toBe(true);
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
      expect(JSON.parse(answer)).toEqual(JSON.parse(read('tests/fixtures/kaos-routes/agent-new.sync.response.json')));
    },
  );

  withHelm.it.each(command(/^helm install/))('has a command that installs the chart: %s', (install) => {
    const [, , ...args] = install.replaceAll('\\\n', ' ').split(/\s+/);
    const { stdout, stderr } = helm('template', ...args);
    expect(stderr).toBe('');
    expect(stdout).toContain('kind: DecoratorController');
  });

  it('lists all settings', () => {
    const rows = variableNames.map((name) => {
      const schema: TSchema = Environment.properties[name];
      const preset = schema['default'] === undefined ? '' : `\`${schema['default']}\``;
      return `| \`${name}\` | ${preset} | ${allowed(schema)} | ${schema.description} |`;
    });
    const table = ['| variable | default | allowed | what it does |', '|---|---|---|---|', ...rows].join('\n');
    expect(README).toContain(`<!-- settings -->\n${table}\n<!-- /settings -->`);
  });
});

describe('the documents', () => {
  const documents = [
    'README.md',
    'CONTRIBUTING.md',
    'examples/README.md',
    'tests/cluster/README.md',
    ...readdirSync(path.join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.md'))
      .map((name) => `docs/${name}`),
  ];

  it.each(documents)('have only links that lead somewhere: %s', (document) => {
    const links = [...read(document).matchAll(/\]\((?!https?:)([^)]+)/g)].map(([, link = '']) => link);
    expect(links.filter((link) => !leadsSomewhere(document, link))).toEqual([]);
  });

  /** Whether the file or folder exists and has the heading that the link names, in GitHub's form. */
  function leadsSomewhere(document: string, link: string): boolean {
    const [to = '', anchor] = link.split('#');
    const file = to === '' ? document : path.join(path.dirname(document), to);
    if (anchor === undefined || !existsSync(path.join(ROOT, file))) {
      return existsSync(path.join(ROOT, file));
    }
    const headings = [...read(file).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => heading.toLowerCase());
    return headings.some((heading) => heading.replaceAll(/[^\w -]/g, '').replaceAll(' ', '-') === anchor);
  }

  it('list all examples in a table', () => {
    const files = readdirSync(path.join(ROOT, 'examples'), { recursive: true, encoding: 'utf8' });
    const table = read('examples/README.md');
    expect(files.filter((file) => file.endsWith('.yaml') && !table.includes(`(${file})`))).toEqual([]);
  });

  it('give a reason for every dependency', () => {
    const reasons = read('docs/decisions/0012-dependencies.md');
    const names = Object.keys({ ...packageJson.dependencies, ...packageJson.devDependencies });
    expect(names.filter((name) => !reasons.includes(`\`${name}\``))).toEqual([]);
  });
});
