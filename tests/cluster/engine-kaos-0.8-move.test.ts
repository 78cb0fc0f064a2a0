import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { DocumentedCommand } from '../support/documents.ts';
import type { Manifest } from '../support/helm.ts';
import { KUBECTL_NEED } from '../support/kubectl.ts';
import { needing } from '../support/needing.ts';
import { read, remove, type Stored } from './support/api.ts';
import { install, ours } from './support/crds.ts';
import { type Engine, startEngine } from './support/engine.ts';
import { DESK, NOTES, RESOURCES_0_8, RUNNING, SHARED } from './support/kaos-0.8-cluster.ts';
import { VERSION_0_8 } from './support/kaos-0.8-operator.ts';
import { OPERATOR } from './support/kaos-cluster.ts';
import { operatorsPass } from './support/kaos-operator.ts';
import { METACONTROLLER_NEEDS, STRATEGIES } from './support/metacontroller.ts';
import { change, create, list, makeNamespaces } from './support/objects.ts';
import { ofPage, runAll, runPrinted, valuesOf } from './support/page-steps.ts';
import { settle } from './support/settled.ts';

const PATIENCE = { timeout: 90_000, interval: 250 };
const BEFORE = { 'agentGateway.enabled': 'false', 'kaosRuntime.enabled': 'false' };

/** What the pods of Agents keep of the operator's identities: no answer has these fields, and nobody removes them. */
const IDENTITY = ['serviceAccountName', 'AGENT_AUTH_TOKEN_FILE', 'agent-auth-token'];

/** The steps of kaos-runtime.md with the commands of the page, from the objects of KAOS's operator 0.8. */
needing(...METACONTROLLER_NEEDS, KUBECTL_NEED).describe.for(STRATEGIES)(
  'the workloads of the KAOS operator 0.8, under %s',
  { timeout: 300_000 },
  (strategy) => {
    let engine: Engine;
    let before: readonly Stored[];
    const api = () => engine.cluster.api;
    const stored = async (object: Manifest) => (await read(api(), object)) as Stored;
    const all = () => Promise.all(before.map(stored));
    const pass = async () =>
      (await Promise.all(RESOURCES_0_8.map((each) => operatorsPass(api(), each, VERSION_0_8)))).flat();
    const step = (verb: string, part: string) => runAll(engine.cluster, ofPage(verb, part));
    const deploy = (part: string) => engine.deploy({ ...BEFORE, ...valuesOf(ofPage('upgrade', part)) });
    const becomes = (object: Manifest, status: object) =>
      vi.waitFor(async () => expect((await stored(object))['status']).toMatchObject(status), PATIENCE);
    const childrenOf = ({ kind, metadata: { name } }: Manifest) =>
      before.filter((child) => child.metadata.name.startsWith(`${kind.toLowerCase()}-${name}`));

    beforeAll(async () => {
      engine = await startEngine(strategy);
      await install(api(), ours('kaos-crds'));
      await engine.deploy(BEFORE);
      await makeNamespaces(api(), ['kaos-system', 'support']);
      await create(api(), OPERATOR, 'helm');
      await Promise.all(RESOURCES_0_8.map((resource) => create(api(), resource, 'kubectl-create')));
      await vi.waitFor(async () => {
        before = await pass();
        for (const resource of RUNNING) {
          expect(await stored(resource)).toMatchObject({ status: { ready: true } });
        }
      }, PATIENCE);
      before = await all();
    }, 300_000);
    afterAll(() => engine?.stop());

    it('keep running without a rollout during steps 1 to 3, which label all children', async () => {
      step('scale', 'kaos-operator');
      step('apply', '--force-conflicts');
      runPrinted(engine.cluster, step('get', 'jsonpath='));
      const now = await all();
      expect(now.map(({ spec }) => spec)).toEqual(before.map(({ spec }) => spec));
      const labelled = now.filter(({ metadata }) => 'controller-uid' in ((metadata as unknown as Owned).labels ?? {}));
      expect(labelled).toHaveLength(now.length);
    });

    it('are taken over in place with one rollout, and no object is made anew', async () => {
      await deploy('--take-ownership');
      runAll(engine.cluster, ofPage('wait', 'condition=Programmed').map(withoutStores));
      await becomes(SHARED, { phase: 'Ready', deployment: { replicas: 2, updatedReplicas: 2 } });
      const now = await all();
      expect(now.map(({ metadata }) => metadata.uid)).toEqual(before.map(({ metadata }) => metadata.uid));
      for (const { metadata } of now) {
        expect((metadata as unknown as Owned).ownerReferences).toMatchObject([{ controller: true }]);
      }
      expect(revisions(now)).toEqual(revisions(before).map(() => '2'));
      await settle(engine);
      expect(revisions(await all())).toEqual(revisions(now));
      expect(engine.log()).not.toMatch(/forbidden/i);
    });

    it('keep the claim of a store, its budget, and the store of an Agent', async () => {
      for (const child of before.filter(({ kind }) =>
        ['PersistentVolumeClaim', 'PodDisruptionBudget'].includes(kind),
      )) {
        expect((await stored(child))['spec']).toEqual(child['spec']);
      }
      await becomes(DESK, {
        conditions: expect.arrayContaining([expect.objectContaining({ type: 'MemoryDegraded', status: 'False' })]),
      });
      await becomes(NOTES, { phase: 'Pending', ready: false });
      expect(podsOf(await stored(childrenOf(DESK)[0] as Manifest))).toContain('memorystore-shared.support.svc');
    });

    it('lose removed variables once the old operator is not in managedFields, but not its identities', async () => {
      runPrinted(engine.cluster, step('get', 'go-template-file='));
      const labelled = (await all()).filter(({ kind }) => kind !== 'ServiceAccount');
      expect(JSON.stringify(labelled)).not.toContain('"manager":"manager"');
      await change(api(), DESK, { spec: { container: { env: [{ name: 'FIRST', value: 'x' }] } } });
      const [deployment] = childrenOf(DESK) as [Stored];
      await vi.waitFor(async () => expect(podsOf(await stored(deployment))).not.toContain('SECOND'), PATIENCE);
      const pods = podsOf(await stored(deployment));
      expect(IDENTITY.filter((part) => pods.includes(part))).toEqual(IDENTITY);
    });

    it('lose the identities once the Deployment is deleted, which is then made again', async () => {
      const [deployment] = childrenOf(DESK) as [Stored];
      await remove(api(), deployment);
      await vi.waitFor(async () => {
        const now = await stored(deployment);
        expect(now.metadata.uid).not.toBe(deployment.metadata.uid);
        expect(now).toMatchObject({ status: { readyReplicas: 1 } });
      }, PATIENCE);
      const pods = podsOf(await stored(deployment));
      expect(IDENTITY.filter((part) => pods.includes(part))).toEqual([]);
    });

    it('stay on the way back, and belong to the old operator again', async () => {
      const last = await all();
      await deploy('kaosRuntime.enabled=false');
      expect(await list(api(), 'metacontroller.k8s.io/v1alpha1', 'compositecontrollers')).toEqual([]);
      const { writes } = await settle(engine, 2);
      expect(revisions(await all())).toEqual(revisions(last));
      const written = await pass();
      expect(written.map(({ metadata }) => metadata.uid)).toEqual(last.map(({ metadata }) => metadata.uid));
      expect((await settle(engine)).writes).toEqual(writes);
      expect(revisions(await all())).toEqual(revisions(last).map((revision) => String(Number(revision) + 1)));
      expect(JSON.stringify(await all())).not.toContain('seccompProfile":{');
    });
  },
);

/** One of the stores cannot start here. */
function withoutStores({ program, args }: DocumentedCommand) {
  return { program, args: args.map((arg) => arg.replace(',memorystores.kaos.tools', '')) };
}

/** The revision of each Deployment, which counts its pod templates. */
function revisions(objects: readonly Stored[]): (string | undefined)[] {
  return objects
    .filter(({ kind }) => kind === 'Deployment')
    .map(({ metadata }) => metadata.annotations?.['deployment.kubernetes.io/revision']);
}

function podsOf({ spec }: Stored): string {
  return JSON.stringify((spec as { readonly template: object }).template);
}

interface Owned {
  readonly labels?: Readonly<Record<string, string>>;
  readonly ownerReferences: readonly object[];
}
