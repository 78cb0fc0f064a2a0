import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Snapshot } from '../controllers/contract.ts';
import { controllers } from '../controllers/registry.ts';
import { whyNotAsExpected } from '../webhooks/fixtures/check-fixture.ts';
import { type Fixture, findFixtures } from '../webhooks/fixtures/fixture-files.ts';
import { readKrakend } from '../webhooks/fixtures/krakend-file.ts';
import { runFixture } from '../webhooks/fixtures/run-fixture.ts';
import { testController } from './support/controllers.ts';
import { ROOT, runNode } from './support/run.ts';

describe('the runner of fixtures', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'fixtures-'));
    for (const suffix of ['request', 'response']) {
      const file = `kaos-routes/agent-new.sync.${suffix}.json`;
      cpSync(path.join(ROOT, 'tests/fixtures', file), path.join(folder, file));
    }
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const file = (name: string) => path.join(folder, 'kaos-routes', name);
  const check = () => runNode(['webhooks/fixtures/main.ts', '--check', folder]);
  function change(name: string, from: string, to: string): void {
    const text = readFileSync(file(name), 'utf8');
    expect(text).toContain(from);
    writeFileSync(file(name), text.replace(from, to));
  }
  function onlyFixture(): Fixture {
    const [fixture] = findFixtures(folder).fixtures;
    if (!fixture) {
      throw new Error('there is no fixture');
    }
    return fixture;
  }

  it("passes a user's own folder", async () => {
    expect(await check()).toEqual({ code: 0, stdout: 'fixtures: 1, errors: 0\n', stderr: '' });
  });

  it('fails on a wrong response and prints the difference', async () => {
    change('agent-new.sync.response.json', '"port": 8000', '"port": 9000');
    const response = readFileSync(file('agent-new.sync.response.json'), 'utf8');
    writeFileSync(file('agent-new.sync.response.json'), JSON.stringify(JSON.parse(response)));
    const { code, stdout } = await check();
    expect(code).toBe(1);
    expect(stdout).toContain('-                "port": 9000,\n+                "port": 8000,\n');
    expect(stdout.match(/^[-+] /gm)).toHaveLength(2);
    expect(stdout).toContain('fixtures: 1, errors: 1\n');
  });

  it('fails on a response with an additional field', async () => {
    change('agent-new.sync.response.json', '"status": null', '"status": null, "resyncAfterSeconds": 1');
    expect((await check()).code).toBe(1);
  });

  it('ignores the layout of a response', async () => {
    const response: unknown = JSON.parse(readFileSync(file('agent-new.sync.response.json'), 'utf8'));
    writeFileSync(file('agent-new.sync.response.json'), JSON.stringify(response));
    expect((await check()).code).toBe(0);
  });

  it('fails on a missing response', async () => {
    rmSync(file('agent-new.sync.response.json'));
    const { code, stdout } = await check();
    expect({ code, stdout }).toEqual({
      code: 1,
      stdout: `${file('agent-new.sync.response.json')}: file not found; run the command without --check to write it\nfixtures: 1, errors: 1\n`,
    });
  });

  describe('with a krakend.json', () => {
    const CASE = 'own-spec.sync';
    beforeEach(() => {
      for (const suffix of ['request', 'response', 'krakend']) {
        const name = `agent-gateway/${CASE}.${suffix}.json`;
        cpSync(path.join(ROOT, 'tests/fixtures', name), path.join(folder, name));
      }
    });
    const krakendFile = () => path.join(folder, `agent-gateway/${CASE}.krakend.json`);
    const read = () => readFileSync(krakendFile(), 'utf8');
    const faults = () =>
      findFixtures(folder).fixtures.flatMap((fixture) => whyNotAsExpected(fixture, controllers) ?? []);

    it.each([
      ['another value', '"port": 8080', '"port": 8081', '-  "port": 8081,\n+  "port": 8080,\n'],
      ['another template block', 'default 4318', 'default 4317', 'default 4317'],
      ['other lines in the template block', '"{{ end }}"', '"{{ end", " }}"', '" }}"'],
      ['another order of keys', '"version": 3,\n  "name"', '"name"', '+  "version": 3,\n'],
    ])('fails on %s', (_what, from, to, difference) => {
      expect(faults()).toEqual([]);
      expect(read()).toContain(from);
      writeFileSync(krakendFile(), read().replace(from, to));
      expect(faults()).toEqual([expect.stringContaining(difference)]);
    });

    it('fails if it is missing, and writes it', async () => {
      const text = read();
      rmSync(krakendFile());
      expect(faults()).toEqual([`${krakendFile()}: is missing`]);
      expect((await runNode(['webhooks/fixtures/main.ts', folder])).code).toBe(0);
      expect(read()).toBe(text);
    });

    it('fails if the answer has none', () => {
      cpSync(krakendFile(), file('agent-new.sync.krakend.json'));
      expect(faults()).toEqual([`${file('agent-new.sync.krakend.json')}: the answer has no krakend.json`]);
    });

    it('fails if it has no request', () => {
      cpSync(krakendFile(), path.join(folder, 'agent-gateway/gone.sync.krakend.json'));
      expect(findFixtures(folder).orphans).toEqual(['agent-gateway/gone.sync.krakend.json']);
    });
  });

  it.each([
    ['{"a":1}', '{\n  "a": 1\n}\n'],
    [
      '{"a":"\\u007b\\u007b x }}"{{ if 1 }},"b":2{{ end }}}',
      '{\n  "a": "{{ x }}",\n  "(template block)": [\n    "{{ if 1 }}",\n    ",\\"b\\":2{{ end }}"\n  ]\n}\n',
    ],
    ['{ "a":1}', undefined],
    ['{"2":1,"1":1}', undefined],
    ['{"a":1,"a":2}', undefined],
    ['{"a":1.0}', undefined],
    ['{"a":{{ end }}}', undefined],
    ['{"a":1{{ if 1 }}{{ end }},"(template block)":["x"]}', undefined],
    ['not JSON', undefined],
  ])('lays out %s so that it can be restored, or refuses to', (krakendJson, text) => {
    const answer = JSON.stringify({ attachments: [{ data: { 'krakend.json': krakendJson } }] });
    expect(readKrakend(answer)).toEqual(
      text === undefined
        ? { outcome: 'failed', why: expect.stringContaining('krakend.json: expected') }
        : { outcome: 'readable', text },
    );
  });

  it('fails on a file without a request', async () => {
    writeFileSync(file('agent-old.sync.response.json'), '{}');
    const { code, stdout } = await check();
    expect({ code, stdout }).toEqual({
      code: 1,
      stdout: `${folder}/kaos-routes/agent-old.sync.response.json: does not belong to a request file; rename or delete it\nfixtures: 1, errors: 1\n`,
    });
  });

  it.each([
    ['a request that does not fit', '"finalizing": false', '"finalizing": 0', 'finalizing: expected boolean'],
    ['a parent that does not fit', '"kind": "Agent"', '"kind": "Pod"', 'object.kind: expected one of Agent.kaos'],
    ['a request that is not valid JSON', '{', '', 'JSON'],
  ])('fails on %s', async (_what, from, to, text) => {
    change('agent-new.sync.request.json', from, to);
    const { code, stdout } = await check();
    expect({ code, stdout }).toEqual({ code: 1, stdout: expect.stringContaining(text) });
  });

  it.each([
    ['null', 'expected an object with settings'],
    ['[]', 'expected an object with settings'],
    ['{', 'expected an object with settings'],
    ['{"GATWAY_NAME":"x"}', '"GATWAY_NAME": expected the name of a setting with a string value'],
    ['{"GATEWAY_HOSTNAMES":["a"]}', '"GATEWAY_HOSTNAMES": expected the name of a setting with a string value'],
  ])('fails on settings without meaning: %s', async (text, complaint) => {
    writeFileSync(file('agent-new.settings.json'), text);
    expect((await check()).stdout).toContain(`${file('agent-new.settings.json')}: ${complaint}`);
  });

  it('fails on a hook that the controller does not have', () => {
    writeFileSync(file('agent-new.customize.request.json'), '{"controller":{},"parent":{}}');
    const controller = { ...testController({}), name: 'kaos-routes' };
    const runs = findFixtures(folder).fixtures.map((fixture) => runFixture(fixture, [controller]));
    expect(runs).toContainEqual({ outcome: 'failed', why: 'kaos-routes has no customize hook' });
  });

  it('ignores files that are not fixtures', async () => {
    writeFileSync(file('README.md'), 'no fixture, and none of our business');
    expect((await check()).stdout).toContain('fixtures: 1, errors: 0');
  });

  it('fails on invalid settings, and on a folder without fixtures', async () => {
    writeFileSync(file('agent-new.settings.json'), '{"GATEWAY_API_ENABLED": "yes"}');
    expect((await check()).stdout).toContain('GATEWAY_API_ENABLED: "yes" is not valid');
    rmSync(path.join(folder, 'kaos-routes'), { recursive: true });
    expect((await check()).stdout).toContain(
      `${folder}: expected at least one <controller>/<case>.<hook>.request.json\n`,
    );
    rmSync(folder, { recursive: true });
    expect(await check()).toEqual({ code: 1, stdout: '', stderr: `error: ${folder}: folder not found\n` });
    writeFileSync(folder, 'a file');
    expect(await check()).toEqual({ code: 1, stdout: '', stderr: `error: ${folder}: folder not found\n` });
  });

  it('fails on a controller that does not exist', async () => {
    cpSync(path.join(folder, 'kaos-routes'), path.join(folder, 'nothing'), { recursive: true });
    expect((await check()).stdout).toContain(
      'controller nothing not found; expected one of kaos-routes, agent-gateway',
    );
  });

  it('rewrites responses, and then they pass', async () => {
    writeFileSync(file('agent-new.settings.json'), '{"GATEWAY_API_ENABLED": "false"}');
    expect((await check()).code).toBe(1);
    expect((await runNode(['webhooks/fixtures/main.ts', folder])).code).toBe(0);
    expect((await check()).code).toBe(0);
    expect(JSON.parse(readFileSync(file('agent-new.sync.response.json'), 'utf8'))).toEqual({
      attachments: [],
      status: null,
    });
  });

  it('fails if the answer depends on the order of keys, or if the controller writes to its input', () => {
    const release = { outcome: 'release', status: null, problems: [] } as const;
    const orderly = { ...testController({}), name: 'kaos-routes' };
    const unorderly = testController({
      sync: ({ parent }) => ({ ...release, reason: '', status: { first: Object.keys(parent)[0] } }),
    });
    const writing = testController({
      sync: ({ parent }: Snapshot<object>) => {
        Object.assign(parent, { kind: 'Other' });
        return { ...release, reason: '' };
      },
    });
    expect(runFixture(onlyFixture(), [orderly])).toMatchObject({ outcome: 'answered' });
    expect(runFixture(onlyFixture(), [{ ...unorderly, name: 'kaos-routes' }])).toEqual({
      outcome: 'failed',
      why: 'the answer depends on the order of keys',
    });
    expect(runFixture(onlyFixture(), [{ ...writing, name: 'kaos-routes' }])).toMatchObject({
      outcome: 'failed',
      why: expect.stringContaining('read only'),
    });
  });

  it('fails on an answer that breaks rules of the guard, and names each rule and field', () => {
    const child = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a', namespace: 'elsewhere' } };
    const sync = () => ({ outcome: 'apply', children: [child], status: null, problems: [] }) as const;
    expect(runFixture(onlyFixture(), [{ ...testController({ sync }), name: 'kaos-routes' }])).toEqual({
      outcome: 'failed',
      why: 'OtherNamespace at attachments[0].metadata.namespace, UndeclaredKind at attachments[0].kind',
    });
  });

  it('runs customize too', () => {
    cpSync(file('agent-new.sync.request.json'), file('agent-new.customize.request.json'));
    const body = JSON.parse(readFileSync(file('agent-new.customize.request.json'), 'utf8'));
    writeFileSync(file('agent-new.customize.request.json'), JSON.stringify({ ...body, parent: body.object }));
    const rules = [{ apiVersion: 'v1', resource: 'configmaps' }];
    const controller = { ...testController({ customize: () => rules }), name: 'kaos-routes' };
    const [customize] = findFixtures(folder).fixtures;
    const run = customize && runFixture(customize, [controller]);
    expect(run?.outcome === 'answered' && JSON.parse(run.text)).toEqual({ relatedResources: rules });
  });
});
