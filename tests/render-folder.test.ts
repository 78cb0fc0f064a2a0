import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Controller, RelatedRule } from '../controllers/contract.ts';
import { buildCluster } from '../webhooks/evaluate/cluster.ts';
import { callHooks } from '../webhooks/evaluate/hook-calls.ts';
import { readManifests } from '../webhooks/evaluate/manifests.ts';
import { OFFLINE_NOW } from '../webhooks/offline.ts';

import { configMapReading, testController } from './support/controllers.ts';
import { AGENT, itemsOf, MODEL, renderFiles, table, tablesOf } from './support/rendering.ts';
import { testSettings } from './support/service.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'render-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('render of a folder', () => {
  const write = (name: string, object: object) => writeFileSync(path.join(folder, name), JSON.stringify(object));

  it('accepts equal duplicates and reports different ones as an error', () => {
    write('a.yaml', AGENT);
    write('b.json', { kind: 'List', items: [AGENT] });
    write('c.txt', { not: 'a manifest' });
    expect(renderFiles('-o', 'json', folder)).toMatchObject({ code: 0, stderr: '' });
    write('c.yml', { ...AGENT, spec: { ...AGENT.spec, model: 'other' } });
    const { code, stdout, stderr } = renderFiles('-o', 'json', folder);
    expect(stderr).toBe(
      `error: ${folder}/c.yml:1:1: Agent.kaos.tools/v1alpha1 n/a differs from the one in ${folder}/a.yaml, document 1; remove one of them\n`,
    );
    expect({ code, routes: itemsOf(stdout, 'HTTPRoute').length }).toEqual({ code: 1, routes: 1 });
  });

  it('reads files and symbolic links in the order of their names', () => {
    const linked = mkdtempSync(path.join(folder, 'linked-'));
    for (const name of ['c.yaml', 'a.yaml', 'b.yaml']) {
      symlinkSync(path.join(folder, `${name}.real`), path.join(linked, name));
      writeFileSync(path.join(folder, `${name}.real`), 'kind: [');
    }
    const { stderr } = renderFiles(linked);
    expect(stderr.match(/[abc]\.yaml/g)).toEqual(['a.yaml', 'b.yaml', 'c.yaml']);
  });

  it('treats null and empty metadata as not set, and reads several JSON documents in a row', () => {
    const text = `${JSON.stringify({ ...AGENT, metadata: { name: 'a', namespace: '', labels: null } })}\n${JSON.stringify(MODEL)}`;
    const { code, stdout } = table([text]);
    const names = tablesOf(stdout, 'ADDRESS')
      .join()
      .match(/default\/[am] /g);
    expect({ code, names }).toEqual({ code: 0, names: ['default/a ', 'default/m '] });
  });

  it('reads yes and no as booleans and dates as text, as kubectl does', () => {
    const text = `apiVersion: kaos.tools/v1alpha1\nkind: Agent\nmetadata: {name: a, creationTimestamp: 2026-01-01T00:00:00Z}\nspec:\n  modelAPI: m\n  model: m\n  agentNetwork: {expose: no}\n`;
    expect(table([text])).toMatchObject({ code: 0, stdout: expect.stringContaining('NotExposed'), stderr: '' });
  });

  it('gives a hook the objects that its customize asks for and those that its parent owns', () => {
    const owned = (uid: string) => ({ uid, ownerReferences: [{ uid: 'parent', controller: true }] });
    const configMap = (name: string, metadata: object = {}) => ({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name, namespace: 'n', ...metadata },
      data: {},
    });
    const rules: readonly RelatedRule[] = [
      { apiVersion: 'v1', resource: 'configmaps', namespace: 'n', names: ['named'] },
      { apiVersion: 'v1', resource: 'configmaps', labelSelector: { matchLabels: { a: 'b' } } },
      {
        apiVersion: 'v1',
        resource: 'configmaps',
        labelSelector: { matchExpressions: [{ key: 'a', operator: 'In', values: ['c'] }] },
      },
    ];
    const controller = testController({ type: 'composite', customize: () => rules });
    const objects = [
      { ...AGENT, metadata: { ...AGENT.metadata, uid: 'parent' } },
      configMap('named'),
      configMap('named', { namespace: 'other' }),
      configMap('labelled', { namespace: 'other', labels: { a: 'b' } }),
      configMap('expressed', { labels: { a: 'c' } }),
      configMap('owned', owned('1')),
      configMap('not-mine', { ownerReferences: [{ uid: 'another', controller: true }] }),
    ];
    const { parents } = rendered(controller, objects);
    expect(parents.flatMap(({ children }) => children)).toMatchObject([
      { kind: configMapReading.kind, data: { seen: '1 3' } },
    ]);
  });

  it('reports an answer that breaks a rule of the guard as a defect of the program', () => {
    const child = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a', namespace: 'n' } };
    const sync = () => ({ outcome: 'apply', children: [child], status: null, problems: [] }) as const;
    expect(rendered(testController({ type: 'composite', sync }), [AGENT])).toMatchObject({
      parents: [{ children: [] }],
      remarks: [
        {
          level: 'error',
          about: 'x, document 1',
          text: 'a defect of agent-gateway-hooks: UndeclaredKind at children[0].kind',
        },
      ],
    });
  });
});

function rendered(controller: Controller, objects: readonly object[]) {
  const text = objects.map((object) => JSON.stringify(object)).join('\n');
  const { manifests } = readManifests([{ name: 'x', text }]);
  const cluster = buildCluster(manifests, { controllers: [controller], namespace: 'default', present: [] });
  return callHooks(controller, cluster, {
    settings: testSettings().controllers,
    now: OFFLINE_NOW,
    isWanted: () => true,
  });
}
