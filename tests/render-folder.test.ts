import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildCluster } from '../webhooks/render/cluster.ts';
import { readManifests } from '../webhooks/render/manifests.ts';
import { render } from '../webhooks/render/render.ts';
import { configMapReading, testController } from './support/controllers.ts';
import { AGENT, itemsOf, MODEL, table, tablesOf } from './support/rendering.ts';
import { runNode } from './support/run.ts';
import { testSettings } from './support/service.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'render-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('a folder is one cluster', () => {
  const write = (name: string, object: object) => writeFileSync(path.join(folder, name), JSON.stringify(object));

  it('where equal duplicates are fine and unequal ones an error', async () => {
    write('a.yaml', AGENT);
    write('b.json', { kind: 'List', items: [AGENT] });
    write('c.txt', { not: 'a manifest' });
    expect(await runNode(['webhooks/render/main.ts', '-o', 'json', folder])).toMatchObject({ code: 0, stderr: '' });
    write('c.yml', { ...AGENT, spec: {} });
    const { code, stdout, stderr } = await runNode(['webhooks/render/main.ts', '-o', 'json', folder]);
    expect(stderr).toBe(
      `error: ${folder}/c.yml, document 1: Agent.kaos.tools/v1alpha1 n/a is not equal to the one in ${folder}/a.yaml, document 1\n`,
    );
    expect([code, itemsOf(stdout, 'HTTPRoute').length]).toEqual([1, 1]);
  });

  it('whose files are read in their order, links too', async () => {
    const linked = mkdtempSync(path.join(folder, 'linked-'));
    for (const name of ['c.yaml', 'a.yaml', 'b.yaml']) {
      symlinkSync(path.join(folder, `${name}.real`), path.join(linked, name));
      writeFileSync(path.join(folder, `${name}.real`), 'kind: [');
    }
    const { stderr } = await runNode(['webhooks/render/main.ts', linked]);
    expect(stderr.match(/[abc]\.yaml/g)).toEqual(['a.yaml', 'b.yaml', 'c.yaml']);
  });

  it('where null and empty metadata count as not given, and JSON documents may follow each other', async () => {
    const text = `${JSON.stringify({ ...AGENT, metadata: { name: 'a', namespace: '', labels: null } })}\n${JSON.stringify(MODEL)}`;
    const { code, stdout } = await table([text]);
    expect([
      code,
      tablesOf(stdout, 'ADDRESS')
        .join()
        .match(/default\/[am] /g),
    ]).toEqual([0, ['default/a ', 'default/m ']]);
  });

  it('where kubectl reads yes and no as booleans, and dates as text', async () => {
    const text = `apiVersion: kaos.tools/v1alpha1\nkind: Agent\nmetadata: {name: a, creationTimestamp: 2026-01-01T00:00:00Z}\nspec:\n  agentNetwork: {expose: no}\n`;
    expect(await table([text])).toMatchObject({ code: 0, stdout: expect.stringContaining('NotExposed'), stderr: '' });
  });

  it('whose objects a hook gets that its customize asks for, and those that its parent owns', () => {
    const owned = (uid: string) => ({ uid, ownerReferences: [{ uid: 'parent', controller: true }] });
    const configMap = (name: string, metadata: object = {}) => ({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name, namespace: 'n', ...metadata },
      data: {},
    });
    const rules = [
      { apiVersion: 'v1', resource: 'configmaps', namespace: 'n', names: ['named'] },
      { apiVersion: 'v1', resource: 'configmaps', labelSelector: { matchLabels: { a: 'b' } } },
    ] as const;
    const controller = testController({ type: 'composite', customize: () => rules });
    const objects = [
      { ...AGENT, metadata: { ...AGENT.metadata, uid: 'parent' } },
      configMap('named'),
      configMap('named', { namespace: 'other' }),
      configMap('labelled', { namespace: 'other', labels: { a: 'b' } }),
      configMap('owned', owned('1')),
      configMap('not-mine', { ownerReferences: [{ uid: 'another', controller: true }] }),
    ];
    const { manifests } = readManifests({
      texts: [{ name: 'x', text: objects.map((object) => JSON.stringify(object)).join('\n') }],
      complaints: [],
      emptyFolders: [],
    });
    const cluster = buildCluster(manifests, [controller], 'default');
    const { children } = render(controller, cluster, testSettings().controllers);
    expect(children).toMatchObject([{ kind: configMapReading.kind, data: { seen: '1 2' } }]);
  });
});
