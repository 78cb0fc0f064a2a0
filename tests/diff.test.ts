import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCommand } from '../webhooks/command/command.ts';
import type { CommandInput } from '../webhooks/verb.ts';
import { commandInput, terminalOf } from './support/command-input.ts';

const JWT = {
  issuer: 'https://login.example.com/',
  jwksUri: 'https://login.example.com/jwks.json',
  audiences: ['agents'],
};
const VALUES = {
  gatewayAPI: { enabled: true, accessDialect: 'envoy-gateway' },
  kaosRoutes: { enabled: true },
  agentGateway: { enabled: true },
};
const kaos = (name: string, spec: object = {}, labels?: object) => ({
  apiVersion: 'kaos.tools/v1alpha1',
  kind: 'Agent',
  metadata: { name, namespace: 'team', ...(labels && { labels }) },
  spec: { modelAPI: 'llm', model: 'openai/x', ...spec },
});
const agent = (name: string, namespace = 'team') => ({
  apiVersion: 'runtime.agentic-layer.ai/v1alpha1',
  kind: 'Agent',
  metadata: { name, namespace },
  spec: { exposed: true, framework: 'custom', image: 'x:1', protocols: [{ type: 'A2A', port: 8000 }] },
  status: { url: `http://${name}.${namespace}.svc.cluster.local:8000/` },
});
const MODEL = {
  apiVersion: 'kaos.tools/v1alpha1',
  kind: 'ModelAPI',
  metadata: { name: 'llm', namespace: 'team' },
  spec: { mode: 'Hosted', hostedConfig: { model: 'openai/x' } },
};
const GATEWAY = [
  {
    apiVersion: 'runtime.agentic-layer.ai/v1alpha1',
    kind: 'AgentGatewayClass',
    metadata: { name: 'krakend' },
    spec: { controller: 'runtime.agentic-layer.ai/agent-gateway-krakend-controller' },
  },
  {
    apiVersion: 'runtime.agentic-layer.ai/v1alpha1',
    kind: 'AgentGateway',
    metadata: { name: 'front', namespace: 'team' },
    spec: { agentGatewayClassName: 'krakend' },
  },
];

describe('the verb diff', () => {
  let folder: string;
  let files = 0;
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'diff-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  /** A new file with these documents. */
  const file = (documents: readonly object[], name = `${files}.yaml`) => {
    files += 1;
    const place = path.join(folder, name);
    mkdirSync(path.dirname(place), { recursive: true });
    writeFileSync(place, documents.map((each) => JSON.stringify(each)).join('\n---\n'));
    return place;
  };
  const values = (accessRules: object = {}) => file([{ ...VALUES, accessRules }]);
  const run = (args: readonly string[], given: Partial<CommandInput> = {}) =>
    runCommand(commandInput(['diff', ...args], given));
  const diff = (before: readonly object[], after: readonly object[], ...flags: readonly string[]) =>
    run([...flags, '--against', file(before), file(after)]);
  // biome-ignore lint/suspicious/noExplicitAny: tests look into the output freely.
  const json = (...args: Parameters<typeof diff>): any => JSON.parse(diff(...args, '--output', 'json').stdout);
  /** `change: resource: addresses: details`, for each change. */
  const lines = (difference: { readonly addresses: readonly Changed[] }) =>
    difference.addresses.map(
      ({ change, resource, addresses, details }) =>
        `${change} ${resource.kind} ${resource.name} ${addresses.length}: ${details
          .map(({ what, before, after }) => `${what} ${before} > ${after}`)
          .join(', ')}`,
    );
  interface Changed {
    readonly change: string;
    readonly resource: { readonly kind: string; readonly name: string };
    readonly addresses: readonly string[];
    readonly details: readonly { readonly what: string; readonly before?: string; readonly after?: string }[];
  }
  const ofRules = (before: object, after: object, documents: readonly object[] = [kaos('a')]) => {
    const { stdout } = run([
      '--values',
      values(after),
      '--against-values',
      values(before),
      '-o',
      'json',
      file(documents),
    ]);
    return lines(JSON.parse(stdout));
  };

  it('says how much is the same', () => {
    expect(diff([kaos('a')], [kaos('a')])).toEqual({
      code: 0,
      stdout: 'no difference; resources: 1, addresses: 1, objects: 1\n',
      stderr: '',
    });
    expect(json([kaos('a')], [kaos('a')])).toMatchObject({ same: true, addresses: [], objects: [] });
  });

  it('says which addresses come, go and change', () => {
    const timeout = (text: string) => ({ gatewayRoute: { timeout: text } });
    const before = [kaos('gone'), kaos('hidden'), kaos('slow', timeout('60s')), kaos('same')];
    const after = [
      kaos('new'),
      kaos('hidden', { agentNetwork: { expose: false } }),
      kaos('slow', timeout('90s')),
      kaos('same'),
    ];
    expect(lines(json(before, after))).toEqual([
      'added Agent new 1: callers undefined > everybody',
      'removed Agent gone 1: why undefined > the resource is gone, or not exposed any more',
      'removed Agent hidden 1: why undefined > NotExposed',
      'changed Agent slow 1: timeout 60s > 90s',
    ]);
    expect(diff(before, after).code).toBe(1);
  });

  it('compares what answers at an address with what answered there before, whichever route it is', () => {
    const [gatewayClass, gateway] = GATEWAY;
    const hosts = (name: string, hostnames: string) => ({
      ...gateway,
      metadata: { name, namespace: 'team', annotations: { 'agent-gateway-hooks/hostnames': hostnames } },
    });
    const accessRules = { rules: [{ match: { kinds: ['AgentGateway'], names: ['guarded'] }, jwt: JWT }] };
    const settings = (agentRoutes: boolean) =>
      file([{ ...VALUES, agentRoutes: { enabled: agentRoutes, hostnames: ['a.example.com'] }, accessRules }]);
    const outside = (
      documents: readonly [before: readonly object[], after: readonly object[]],
      direct: readonly [before: boolean, after: boolean],
    ) => {
      const [before, after] = documents.map((each) => file([gatewayClass ?? {}, ...each, agent('x')]));
      const args = ['--values', settings(direct[1]), '--against-values', settings(direct[0]), '-o', 'json'];
      const { stdout } = run([...args, '--against', before ?? '', after ?? '']);
      // biome-ignore lint/suspicious/noExplicitAny: tests look into the output freely.
      const { addresses } = JSON.parse(stdout) as { addresses: any[] };
      return addresses
        .filter((each) => each.gateway.kind === 'Gateway' && each.resource.kind === 'Agent')
        .flatMap((each) => each.addresses.map((address: string) => `${each.change} ${address}`));
    };
    const guarded = [hosts('guarded', 'a.example.com')];
    // A direct route takes the calls of the guarded gateway, whose token it does not demand.
    expect(outside([guarded, guarded], [false, true])).toEqual(['opened POST a.example.com/team/x']);
    expect(outside([guarded, guarded], [true, false])).toEqual(['closed POST a.example.com/team/x']);
    // The calls of one gateway go to the other, and no address is gone.
    const both = [...guarded, hosts('open', 'a.example.com')];
    const card = '/.well-known/agent-card.json';
    const opened = [
      `GET a.example.com/team/x${card}`,
      `GET a.example.com/x${card}`,
      'POST a.example.com/team/x',
      'POST a.example.com/x',
    ].map((address) => `opened ${address}`);
    expect(outside([both, [hosts('open', 'a.example.com')]], [false, false])).toEqual(opened);
    const wide = [...guarded, hosts('open', '*.example.com')];
    expect(outside([wide, [hosts('open', '*.example.com')]], [false, false])).toEqual(opened);
  });

  it('says that pods of more namespaces may connect, also without any route', () => {
    const from = (...namespaces: readonly string[]) => ({ rules: [{ from: { namespaces } }] });
    const without = (accessRules: object) =>
      file([{ gatewayAPI: { enabled: false }, kaosRuntime: { enabled: true }, accessRules }]);
    const of = (before: object, after: object) => {
      const flags = ['--values', without(after), '--against-values', without(before), '-o', 'json'];
      return lines(JSON.parse(run([...flags, file([kaos('a'), MODEL])]).stdout)).filter((line) =>
        line.includes('Agent'),
      );
    };
    expect(of(from('team'), from('team', 'other'))).toEqual([
      'opened Agent a 1: namespaces of callers team > other, team',
    ]);
    expect(of(from('team'), {})).toEqual(['opened Agent a 1: namespaces of callers team > all']);
    expect(of({}, from('team'))).toEqual(['closed Agent a 1: namespaces of callers all > team']);
    expect(of({}, {})).toEqual([]);
  });

  it('says which addresses open to more callers, first', () => {
    const limit = (requests: number) => ({ limit: { requests, per: 'minute', by: 'all' } });
    const rules = (open: object, other: object) => ({
      rules: [{ match: { names: ['open'] }, ...open }, { match: { names: ['other'] }, ...other }, { ...limit(60) }],
    });
    const issuer = 'https://other.example.com/';
    const documents = [kaos('closed'), kaos('open'), kaos('other')];
    const before = rules({ jwt: JWT }, { jwt: JWT });
    const after = { ...rules({ allow: true }, { jwt: { ...JWT, issuer } }) };
    expect(ofRules(before, after, documents)).toEqual([
      `opened Agent open 1: token ${JWT.issuer}, keys ${JWT.jwksUri}, RS256 > none is needed`,
      `others Agent other 1: token ${JWT.issuer}, keys ${JWT.jwksUri}, RS256 > ${issuer}, keys ${JWT.jwksUri}, RS256`,
    ]);
    expect(ofRules({ rules: [limit(60)] }, { rules: [limit(61)] })).toEqual([
      'opened Agent a 1: limit 60/min by all > 61/min by all',
    ]);
    expect(ofRules({}, { rules: [limit(60)] })).toEqual(['closed Agent a 1: limit none > 60/min by all']);
    expect(ofRules({}, { rules: [{ deny: true }] })).toEqual(['removed Agent a 1: why undefined > AccessDenied']);
    expect(ofRules({ rules: [{ deny: true }] }, { rules: [{ jwt: JWT }] })).toEqual([
      `added Agent a 1: callers undefined > token: ${JWT.issuer}, keys ${JWT.jwksUri}, RS256; audiences: agents`,
    ]);
  });

  it('puts new addresses that everybody may call before other new ones', () => {
    const flags = ['--values', values({ rules: [{ match: { names: ['a'] }, jwt: JWT }] })];
    expect(lines(json([], [kaos('a'), kaos('b')], ...flags)).map((line) => line.split(':')[0])).toEqual([
      'added Agent b 1',
      'added Agent a 1',
    ]);
  });

  it('tells an Agent of KAOS from one of the agent runtime with the same name', () => {
    const both = [...GATEWAY, kaos('a'), agent('a')];
    const flags = ['--gateway-hostnames', 'agents.example.com'];
    expect(lines(json(both, both.slice(0, -1), ...flags)).map((line) => line.split(':')[0])).toEqual([
      'removed Agent a 4',
    ]);
    const { stdout } = diff(both, [...GATEWAY, agent('a')], ...flags);
    expect(stdout).toContain('- gone: Agent.kaos.tools team/a at Gateway kaos-system/kaos-gateway\n');
    expect(stdout).toContain('    agents.example.com/team/agent/a\n');
    expect(stdout).not.toContain('agentic-layer');
  });

  it('says that another resource answers at an address', () => {
    const changes = lines(json([...GATEWAY, agent('a')], [...GATEWAY, agent('a', 'other')]));
    const answered = 'answered by Agent.runtime.agentic-layer.ai team/a > Agent.runtime.agentic-layer.ai other/a';
    const backend = (namespace: string) => `http://a.${namespace}.svc.cluster.local:8000/`;
    expect(changes.filter((line) => line.startsWith('moved'))).toContain(
      `moved Agent a 1: ${answered}, backend ${backend('team')} > ${backend('other')}`,
    );
  });

  it('says which problems are new or gone, wherever the documents are in their files', () => {
    const typo = kaos('typo', { agentNetwrk: {} });
    const other = kaos('other', { gatewayRoute: { timeout: '100000s' } });
    const { problems } = json([typo, other], [kaos('x'), typo, kaos('new', { modelApi: 'x' })]);
    const texts = (all: readonly { readonly level: string; readonly text: string }[]) =>
      all.map(({ level, text }) => `${level} ${text.replace(/^.*?yaml/, 'yaml')}`);
    expect(texts(problems.appeared)).toEqual([
      expect.stringMatching(/^error yaml:\d+:\d+: Agent team\/new: spec\.modelApi: is not a field/),
    ]);
    expect(texts(problems.gone)).toEqual([expect.stringMatching(/^problem Agent team\/other: InvalidTimeout/)]);
  });

  it('shows krakend.json laid out, and no hashes', () => {
    const { stdout } = diff([...GATEWAY, agent('a')], [...GATEWAY, agent('a'), agent('b')]);
    expect(stdout).toContain('+++ ConfigMap.v1 team/front-krakend-config\n');
    expect(stdout).toContain('+          "endpoint": "/team/b",\n');
    expect(stdout).toContain(
      '~ Deployment.apps/v1 team/front: only hashes of content change, so its pods are replaced\n',
    );
    expect(Math.max(...stdout.split('\n').map(({ length }) => length))).toBeLessThan(200);
    expect(stdout).not.toMatch(/[0-9a-f]{16}/);
  });

  it('shows one line for a new agent in settings files', () => {
    const agents = Array.from({ length: 1200 }, (_, index) => agent(`agent-${String(index).padStart(4, '0')}`));
    const { objects } = json([...GATEWAY, ...agents], [...GATEWAY, ...agents, agent('agent-0500a')]);
    const [configMap] = objects.filter(({ kind }: { readonly kind: string }) => kind === 'ConfigMap');
    expect(configMap).toMatchObject({ change: 'changed', name: 'front-krakend-config-<hash>' });
    expect(configMap.diff.match(/^[-+] .*$/gm)).toEqual([expect.stringContaining('"agent-0500a"')]);
  });

  it("takes from a cluster's objects what only a cluster writes, in both directions", () => {
    const { status, ...written } = agent('a');
    const stored = {
      ...written,
      status: { url: 'http://a.team.svc.cluster.local:9999/' },
      metadata: { ...written.metadata, uid: 'u1', creationTimestamp: '2026-01-02T03:04:05Z', resourceVersion: '7' },
    };
    const list = (object: object) => ({ apiVersion: 'v1', kind: 'List', items: [...GATEWAY, object] });
    expect(status).toBeDefined();
    expect(diff([list(stored)], [...GATEWAY, written]).stdout).toMatch(/^no difference; /);
    expect(diff([...GATEWAY, written], [list(stored)]).stdout).toMatch(/^no difference; /);
    const args = ['--against', '-', file([...GATEWAY, written])];
    const { code } = run(args, { readInput: () => JSON.stringify(list(stored)) });
    expect(code).toBe(0);
  });

  it('colours lines on a terminal alone, and marks them without colours', () => {
    const args = ['--against', file([kaos('a')]), file([kaos('b')])];
    const coloured = run(args, { terminal: terminalOf() }).stdout;
    const plain = run(args).stdout;
    expect(coloured).toContain('\u001b[32m+ new: ');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the colours.
    expect(coloured.replaceAll(/\u001b\[[\d;]*m/g, '')).toBe(plain);
    expect(plain.split('\n').filter((line) => /^[-+~!] \w+: /.test(line))).toHaveLength(2);
  });

  it('prints no character that moves the cursor', () => {
    const evil = kaos('a', { config: { instructions: 'x\u001b[2Jy\u202ez\u0085' } });
    const { stdout } = diff([MODEL, kaos('a')], [MODEL, evil], '--kaos-runtime');
    expect(stdout).toContain('+++ Deployment.apps/v1 team/agent-a\n');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters.
    expect(stdout).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202e]/);
  });

  describe('as Markdown', () => {
    const markdown = (before: readonly object[], after: readonly object[], ...flags: readonly string[]) =>
      diff(before, after, '--output', 'markdown', ...flags).stdout;

    it('has a table of addresses, and the objects folded', () => {
      const text = markdown([kaos('a')], [kaos('b')]);
      expect(text).toContain('- addresses: 1 new, 1 gone\n- objects: 1 new, 1 gone\n');
      expect(text).toContain(
        '| `+` new | `Agent.kaos.tools team/b at Gateway kaos-system/kaos-gateway` | `/team/agent/b` | `callers: everybody` |\n',
      );
      expect(text).toContain('<details><summary>Objects: 2</summary>\n\n');
      expect(text).toContain('```diff\n--- /dev/null\n+++ HTTPRoute.gateway.networking.k8s.io/v1 team/agent-b\n');
    });

    it('fits into a comment, and names what is left out', () => {
      const many = Array.from({ length: 1500 }, (_, index) => kaos(`agent-${index}`));
      const text = markdown([], many);
      expect(text.length).toBeLessThan(65_536);
      expect(text).toMatch(/\n\d+ more changes of addresses do not fit here: /);
      expect(text).toMatch(/The lines of \d+ objects do not fit here, [^\n]+:\n\n- `HTTPRoute/);
      expect(text).toMatch(/- and \d+ others\n$/);
    });

    it('cannot be broken by what users write', () => {
      const evil = kaos('a', { config: { instructions: '```\n</details>\n<img src=x>\n````' } });
      const text = markdown([MODEL, kaos('a')], [MODEL, evil], '--kaos-runtime');
      expect(text).toMatch(/\n`{3,}diff\n/);
      const rules = { rules: [{ jwt: { ...JWT, issuer: 'a|b`c``d' } }] };
      const flags = ['--values', values(rules), '--against-values', values()];
      const [row = ''] = /^\| `~`.*$/m.exec(markdown([kaos('a')], [kaos('a')], ...flags)) ?? [];
      expect(row.replaceAll('\\|', '').split('|')).toHaveLength(6);
      expect(row).toContain('``` token: a\\|b`c``d, keys');
    });
  });

  describe('is refused with 2 for', () => {
    it.each<[string, readonly string[], RegExp]>([
      ['nothing to compare with', ['a.yaml'], /^error: expected one of --against PATH, .* to compare with/],
      ['two states', ['a', '--against', 'b', '--against-revision', 'HEAD'], /^error: expected one of .* not several/],
      ['no paths', ['--against', 'b'], /^error: expected files, folders or '-'/],
      ['an unknown flag', ['a', '--agianst', 'b'], /^error: unknown option '--agianst'\n\(Did you mean --against\?\)/],
      ['an unknown format', ['a', '--against', 'b', '-o', 'html'], /^error: option '-o, --output <format>'/],
      ['standard input twice', ['-', '--against', '-'], /^error: --against -: standard input can be read once/],
      ['another state that is missing', [__filename, '--against', '/none'], /^error: --against \/none: does not exist/],
      ['a setting that is not valid', ['a', '--against', 'b', '--gateway-timeouts', 'x'], /^error: --gateway-timeouts/],
    ])('%s', (_what, args, expected) => {
      const { code, stdout, stderr } = run(args);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toMatch(expected);
    });

    it('a wrong document, with the difference', () => {
      const { code, stdout, stderr } = diff([kaos('a')], [kaos('a', { agentNetwrk: {} })]);
      expect({ code, stdout }).toEqual({ code: 2, stdout: expect.stringContaining('+ new error: ') });
      expect(stderr).toMatch(/^error: .* Agent team\/a: spec\.agentNetwrk: is not a field/);
    });

    it('paths that cannot be read', () => {
      const { code, stdout, stderr } = run([path.join(folder, 'none.yaml'), '--against', file([kaos('a')])]);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toMatch(/none\.yaml: does not exist/);
    });
  });

  it('ends with 0 for help, which has examples', () => {
    const { code, stdout } = run(['--help']);
    expect(code).toBe(0);
    expect(stdout).toContain('diff --against-revision HEAD manifests/');
  });

  it('does not fail because of a mistake that is mended', () => {
    const { code, stdout, stderr } = diff([kaos('a', { agentNetwrk: {} })], [kaos('a')]);
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(stdout).toContain('- gone error: ');
  });

  it('says what was passed over if there is nothing else', () => {
    const { code, stderr } = run(['--against', file([], 'empty/a.txt'), path.join(folder, 'empty')]);
    expect(stderr).toMatch(/^note: .*empty: ignored, because it has no \.json/m);
    expect(code).toBe(1);
  });

  it('leaves the lines of objects out, but not their number', () => {
    const { code, stdout } = diff([kaos('a')], [kaos('a', { gatewayRoute: { timeout: '9s' } })], '--no-objects');
    expect(code).toBe(1);
    expect(stdout).toMatch(/^addresses: 1 changed\nobjects: 1 changed\n\n~ changed: .*\n.*\n.*timeout.*\n$/);
  });
});
