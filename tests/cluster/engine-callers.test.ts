import path from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { Manifest } from '../support/helm.ts';
import { read } from './support/api.ts';
import { install, ours } from './support/crds.ts';
import { type Engine, startEngine } from './support/engine.ts';
import { kaosResource } from './support/kaos-resource.ts';
import { STRATEGIES, withMetacontroller } from './support/metacontroller.ts';
import { applyWithStatus, change } from './support/objects.ts';

const PATIENCE = { timeout: 60_000, interval: 250 };
const VALUES = {
  'kaosRuntime.enabled': 'true',
  'accessRules.rules[0].match.labels.tier': 'internal',
  'accessRules.rules[0].from.namespaces[0]': 'frontend',
};
const RULES = { ACCESS_RULES_FILE: path.resolve('tests/fixtures/access/from-and-deny.yaml') };

const MODEL = kaosResource('ModelAPI', 'llm', { mode: 'Proxy', proxyConfig: { models: ['openai/*'] } });
const POLICY: Manifest = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { namespace: 'team', name: 'access-modelapi-llm' },
};
const FOREIGN = { ...POLICY, spec: { podSelector: {}, policyTypes: ['Ingress'] } };

withMetacontroller.describe.for(STRATEGIES)(
  'access rules about who may connect, with %s',
  { timeout: 200_000 },
  (strategy) => {
    let engine: Engine;
    const api = () => engine.cluster.api;
    const label = (tier: string | null) => change(api(), MODEL, { metadata: { labels: { tier } } });
    const conditions = async () => (await read(api(), MODEL))?.['status'];

    beforeAll(async () => {
      engine = await startEngine(strategy, { values: {} });
      await install(api(), ours('kaos-crds'));
      await engine.deploy(VALUES, RULES);
    }, 300_000);
    afterAll(() => engine?.stop());

    it('make a NetworkPolicy within seconds of a label, and remove it with the label', async () => {
      await applyWithStatus(api(), [MODEL]);
      await vi.waitFor(async () => expect(await conditions()).toMatchObject({ phase: 'Ready' }), PATIENCE);
      expect(await read(api(), POLICY)).toBeUndefined();
      await label('internal');
      await vi.waitFor(async () => expect(await read(api(), POLICY)).toBeDefined(), PATIENCE);
      const { metadata } = (await read(api(), POLICY)) ?? {};
      await label(null);
      await vi.waitFor(async () => expect(await read(api(), POLICY)).toBeUndefined(), PATIENCE);
      expect(metadata?.generation).toBe(1);
    });

    it('do not overwrite a foreign one that comes before a label does', async () => {
      await applyWithStatus(api(), [FOREIGN]);
      await label('internal');
      const told = expect.objectContaining({ type: 'Accepted', status: 'False', reason: 'NameConflict' });
      await vi.waitFor(
        async () => expect(await conditions()).toMatchObject({ conditions: expect.arrayContaining([told]) }),
        PATIENCE,
      );
      expect((await read(api(), POLICY))?.['spec']).toEqual(FOREIGN.spec);
    });
  },
);
