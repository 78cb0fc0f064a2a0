import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { Manifest } from '../support/helm.ts';
import { KUBECTL_NEED } from '../support/kubectl.ts';
import { needing } from '../support/needing.ts';
import { mustApply, read, remove, type Stored } from './support/api.ts';
import { type Engine, startEngine } from './support/engine.ts';
import { DESK, FORGOTTEN, OPERATOR, PROVIDER, RESEARCHER, RESOURCES } from './support/kaos-cluster.ts';
import { operatorsChildren, operatorsPass } from './support/kaos-operator.ts';
import { METACONTROLLER_NEEDS, STRATEGIES } from './support/metacontroller.ts';
import { change, create, list, makeNamespaces } from './support/objects.ts';
import { namedLike, ofPage, runAll, runPrinted, valuesOf } from './support/page-steps.ts';
import { settle } from './support/settled.ts';

const PATIENCE = { timeout: 60_000, interval: 250 };
const [FIRST, SECOND, THIRD] = ['FIRST', 'SECOND', 'THIRD'].map((name) => ({ name, value: 'x' }));

/** The service already makes the routes, and the KAOS operator still makes the workloads. */
const BEFORE = { 'agentGateway.enabled': 'false', 'kaosRuntime.enabled': 'false' };

/** The tests run the steps of kaos-runtime.md with the commands of the page. */
needing(...METACONTROLLER_NEEDS, KUBECTL_NEED).describe.for(STRATEGIES)(
  'the workloads of the KAOS operator, under %s',
  { timeout: 300_000 },
  (strategy) => {
    let engine: Engine;
    let before: readonly Stored[];
    let routes: readonly string[];
    const api = () => engine.cluster.api;
    const stored = async (object: Manifest) => (await read(api(), object)) as Stored;
    const all = () => Promise.all(before.map(stored));
    const pass = async () => (await Promise.all(RESOURCES.map((each) => operatorsPass(api(), each)))).flat();
    const becomes = (object: Manifest, expected: object) =>
      vi.waitFor(async () => expect(await stored(object)).toMatchObject(expected), PATIENCE);
    const step = (verb: string, part: string) => runAll(engine.cluster, ofPage(verb, part));
    const deploy = (part: string) => engine.deploy({ ...BEFORE, ...valuesOf(ofPage('upgrade', part)) });
    const deployment = ({ kind, metadata: { name } }: Manifest) => {
      const type = kind.toLowerCase();
      return before.find((child) => child.kind === 'Deployment' && child.metadata.name === `${type}-${name}`) as Stored;
    };

    beforeAll(async () => {
      engine = await startEngine(strategy, { values: BEFORE });
      await makeNamespaces(api(), ['kaos-system', 'support']);
      await create(api(), OPERATOR, 'helm');
      await Promise.all(RESOURCES.map((resource) => create(api(), resource, 'kubectl-create')));
      // KAOS writes its own variable twice if the user sets it too.
      const env = [FIRST, SECOND, THIRD, { name: 'MODEL_NAME', value: 'mine' }];
      await change(api(), DESK, { spec: { container: { env } } });
      await vi.waitFor(async () => {
        before = await pass();
        for (const resource of RESOURCES) {
          expect(await stored(resource)).toMatchObject({ status: { ready: true } });
        }
      }, PATIENCE);
      await change(api(), deployment(RESEARCHER), { spec: { replicas: 2 } });
      await vi.waitFor(async () => {
        routes = await routeUids();
        expect(routes).toHaveLength(RESOURCES.length);
      }, PATIENCE);
      before = await all();
    }, 300_000);
    afterAll(() => engine?.stop());

    it('keep running without a rollout during steps 1 to 3', async () => {
      const uids = await uidsOf(RESOURCES);
      step('scale', 'kaos-operator');
      expect(await stored(OPERATOR)).toMatchObject({ spec: { replicas: 0 } });
      step('apply', '--force-conflicts');
      expect(await uidsOf(RESOURCES)).toEqual(uids);
      const lines = step('get', 'jsonpath=').trim().split('\n');
      expect(lines).toHaveLength(before.length);
      runPrinted(engine.cluster, lines.filter((line) => !line.includes(FORGOTTEN.metadata.name)).join('\n'));
      expect((await all()).map(({ spec }) => spec)).toEqual(before.map(({ spec }) => spec));
    });

    it('stay unchanged under dynamic apply if the label is missing, and the status names the label', async () => {
      await deploy('--take-ownership');
      if (strategy === 'dynamic-apply') {
        const label = `controller-uid=${(await stored(FORGOTTEN)).metadata.uid}`;
        const Programmed = { type: 'Programmed', status: 'False', reason: 'NameConflict' };
        await becomes(FORGOTTEN, {
          status: {
            message: expect.stringContaining(label),
            conditions: expect.arrayContaining([expect.objectContaining(Programmed)]),
          },
        });
        await settle(engine, 2);
        for (const child of operatorsChildren(await stored(FORGOTTEN))) {
          const was = before.find(({ kind, metadata }) => kind === child.kind && metadata.name === child.metadata.name);
          expect(await stored(child)).toMatchObject({ metadata: { uid: was?.metadata.uid }, spec: was?.['spec'] });
          await change(api(), child, { metadata: { labels: Object.fromEntries([label.split('=')]) } });
        }
      }
    });

    it('are taken over in place with one rollout', async () => {
      step('wait', 'condition=Programmed');
      expect(await uidsOf(before)).toEqual(before.map(({ metadata }) => metadata.uid));
      const now = await all();
      for (const child of now) {
        const { labels, ownerReferences } = child.metadata as unknown as Owned;
        expect(ownerReferences).toMatchObject([{ uid: labels['controller-uid'], controller: true }]);
      }
      expect(revisions(now)).toEqual(revisions(before).map(() => '2'));
      expect(await stored(deployment(RESEARCHER))).toMatchObject({
        spec: { replicas: 2 },
        status: { readyReplicas: 2 },
      });
      await settle(engine);
      expect({ revisions: revisions(await all()), routes: await routeUids() }).toEqual({
        revisions: revisions(now),
        routes,
      });
      expect(engine.log()).not.toMatch(/forbidden/i);
    });

    it('get later changes', async () => {
      await change(api(), DESK, { spec: { config: { description: 'changed' } } });
      await vi.waitFor(
        async () => expect(await variables(DESK)).toMatchObject({ AGENT_DESCRIPTION: 'changed' }),
        PATIENCE,
      );
    });

    if (strategy === 'server-side-apply') {
      it('keep removed variables while the old operator is in managedFields', async () => {
        await change(api(), DESK, { spec: { container: { env: [FIRST, SECOND] } } });
        await settle(engine, 2);
        expect(await variables(DESK)).toMatchObject({ FIRST: 'x', SECOND: 'x', THIRD: 'x' });
      });
    }

    it('lose removed variables once the old operator is not in managedFields', async () => {
      const lines = step('get', 'go-template-file=').trim().split('\n');
      expect(lines).toHaveLength(before.length);
      runPrinted(engine.cluster, lines.join('\n'));
      expect(JSON.stringify(await all())).not.toContain('"manager":"manager"');
      await change(api(), DESK, { spec: { container: { env: [FIRST] } } });
      await vi.waitFor(async () => expect(await variables(DESK)).not.toHaveProperty('SECOND'), PATIENCE);
      expect(await variables(DESK)).toMatchObject({ FIRST: 'x', MODEL_NAME: 'openai/gpt-4o' });
      expect(await stored(deployment(RESEARCHER))).toMatchObject({ spec: { replicas: 2 } });
    });

    it('follow a ModelAPI to another mode with another port, and back', async () => {
      const { spec } = PROVIDER as { readonly spec?: object };
      const [, service, configMap] = operatorsChildren(await stored(PROVIDER)) as [Manifest, Manifest, Manifest];
      const hosted = { mode: 'Hosted', proxyConfig: null, hostedConfig: { model: 'openai/gpt-4o' } };
      await change(api(), PROVIDER, { spec: hosted });
      await becomes(service, { spec: { ports: [{ port: 11434 }] } });
      await vi.waitFor(async () => expect(await read(api(), configMap)).toBeUndefined(), PATIENCE);
      expect(JSON.stringify(await stored(deployment(PROVIDER)))).not.toContain('litellm-config');
      await change(api(), PROVIDER, { spec: { ...spec, hostedConfig: null } });
      await becomes(service, { spec: { ports: [{ port: 8000 }] } });
      await vi.waitFor(async () => expect(await read(api(), configMap)).toBeDefined(), PATIENCE);
    });

    it('do not replace a foreign Service that has the name of a child', async () => {
      const taken = { ...FORGOTTEN, metadata: { namespace: 'support', name: 'taken' } };
      const spec = { selector: { app: 'else' }, ports: [{ port: 81, protocol: 'TCP' }] };
      const metadata = { namespace: 'support', name: 'mcpserver-taken' };
      const foreign = await create(api(), { apiVersion: 'v1', kind: 'Service', metadata, spec }, 'kubectl-create');
      await mustApply(api(), [taken]);
      const conflict = { type: 'Accepted', status: 'False', reason: 'NameConflict' };
      await becomes(taken, {
        status: { phase: 'Failed', conditions: expect.arrayContaining([expect.objectContaining(conflict)]) },
      });
      await settle(engine, 2);
      expect(await read(api(), { apiVersion: 'apps/v1', kind: 'Deployment', metadata })).toBeUndefined();
      await remove(api(), taken);
      await vi.waitFor(async () => expect(await read(api(), taken)).toBeUndefined(), PATIENCE);
      expect(await stored({ apiVersion: 'v1', kind: 'Service', metadata })).toEqual(foreign);
    });

    it('stay while a finalizer keeps their resource, and go once the page’s command removes the finalizer', async () => {
      const children = operatorsChildren(await stored(RESEARCHER));
      await remove(api(), RESEARCHER);
      await becomes(RESEARCHER, {
        status: { ready: false, message: expect.stringContaining('kaos.tools/agent-finalizer') },
      });
      await settle(engine, 2);
      expect(await stored(deployment(RESEARCHER))).toMatchObject({ status: { readyReplicas: 2 } });
      expect(await Promise.all(children.map(stored))).not.toContain(undefined);
      runAll(engine.cluster, namedLike(RESEARCHER, ofPage('patch', 'finalizer')));
      await vi.waitFor(async () => {
        const left = await Promise.all([RESEARCHER, ...children].map((object) => read(api(), object)));
        expect(left).toEqual(left.map(() => undefined));
      }, PATIENCE);
    });

    it('stay on the way back, and belong to the old operator again without a conflict', async () => {
      const kept = RESOURCES.filter((resource) => resource !== RESEARCHER);
      const children = before.filter(({ metadata }) => !metadata.name.includes(RESEARCHER.metadata.name));
      const now = () => Promise.all(children.map(stored));
      const last = await now();
      await deploy('kaosRuntime.enabled=false');
      expect(await list(api(), 'metacontroller.k8s.io/v1alpha1', 'compositecontrollers')).toEqual([]);
      const { writes } = await settle(engine, 2);
      expect(revisions(await now())).toEqual(revisions(last));
      const written = (await Promise.all(kept.map((each) => operatorsPass(api(), each)))).flat();
      expect(written.map(({ metadata }) => metadata.uid)).toEqual(last.map(({ metadata }) => metadata.uid));
      expect((await settle(engine)).writes).toEqual(writes);
      expect(revisions(await now())).toEqual(revisions(last).map((revision) => String(Number(revision) + 1)));
      expect(JSON.stringify(await now())).not.toContain('seccompProfile":{');
    });

    async function uidsOf(objects: readonly Manifest[]): Promise<string[]> {
      return (await Promise.all(objects.map(stored))).map(({ metadata }) => metadata.uid);
    }

    async function routeUids(): Promise<string[]> {
      return (await list(api(), 'gateway.networking.k8s.io/v1', 'httproutes'))
        .map(({ metadata }) => metadata.uid)
        .sort();
    }

    async function variables(resource: Manifest): Promise<Record<string, string>> {
      const { spec } = (await stored(deployment(resource))) as unknown as { readonly spec: Pods };
      const [container] = spec.template.spec.containers;
      return Object.fromEntries((container?.env ?? []).map(({ name, value }) => [name, value]));
    }
  },
);

/** The revision of each Deployment, which counts its pod templates. */
function revisions(objects: readonly Stored[]): (string | undefined)[] {
  return objects
    .filter(({ kind }) => kind === 'Deployment')
    .map(({ metadata }) => metadata.annotations?.['deployment.kubernetes.io/revision']);
}

interface Owned {
  readonly labels: Readonly<Record<string, string>>;
  readonly ownerReferences: readonly object[];
}

interface Pods {
  readonly template: { readonly spec: { readonly containers: readonly Container[] } };
}

interface Container {
  readonly env: readonly { readonly name: string; readonly value: string }[];
}
