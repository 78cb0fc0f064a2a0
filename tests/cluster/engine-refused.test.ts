import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { Manifest } from '../support/helm.ts';
import { apply, call, mustApply, pathOf, read, remove } from './support/api.ts';
import { install, ours } from './support/crds.ts';
import { type Engine, startEngine } from './support/engine.ts';
import { STRATEGIES, withMetacontroller } from './support/metacontroller.ts';
import { applyWithStatus, change, makeNamespaces } from './support/objects.ts';

const PATIENCE = { timeout: 120_000, interval: 500 };

const model: Manifest = {
  apiVersion: 'kaos.tools/v1alpha1',
  kind: 'ModelAPI',
  metadata: { namespace: 'team', name: 'llm' },
  spec: { mode: 'Proxy', proxyConfig: { models: ['openai/*'] } },
};
const gateway: Manifest = {
  apiVersion: 'runtime.agentic-layer.ai/v1alpha1',
  kind: 'AgentGateway',
  metadata: { namespace: 'team', name: 'gw' },
  spec: {},
};

const WHY = 'not in this test';
const deploymentOf = (name: string): Manifest => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { namespace: 'team', name },
  spec: {
    selector: { matchLabels: { app: 'x' } },
    template: { metadata: { labels: { app: 'x' } }, spec: { containers: [{ name: 'x', image: 'x' }] } },
  },
});

/** Refuses each Deployment of the namespace that this expression does not allow. */
const policy = (expression: string): readonly Manifest[] => [
  {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingAdmissionPolicy',
    metadata: { name: 'test' },
    spec: {
      failurePolicy: 'Fail',
      matchConstraints: {
        resourceRules: [
          { apiGroups: ['apps'], apiVersions: ['v1'], operations: ['CREATE', 'UPDATE'], resources: ['deployments'] },
        ],
      },
      validations: [{ expression, message: WHY }],
    },
  },
  {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingAdmissionPolicyBinding',
    metadata: { name: 'test' },
    spec: { policyName: 'test', validationActions: ['Deny'] },
  },
];

interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason: string;
  readonly message: string;
}

withMetacontroller.describe.for(STRATEGIES)(
  'children that the API server refuses, with %s',
  { timeout: 400_000 },
  (strategy) => {
    let engine: Engine;
    const api = () => engine.cluster.api;
    const stored = async (object: Manifest) => (await read(api(), object)) as Manifest & { readonly status?: object };
    const programmed = async (parent: Manifest) => {
      const { conditions = [] } = ((await stored(parent)).status ?? {}) as {
        readonly conditions?: readonly Condition[];
      };
      return conditions.find(({ type }) => type === 'Programmed');
    };
    const becomes = (parent: Manifest, expected: object) =>
      vi.waitFor(async () => expect(await programmed(parent)).toMatchObject(expected), PATIENCE);
    /** Makes a policy, and waits until it is in force for a change that it forbids. */
    const forbid = async (expression: string, attempt: () => Promise<unknown>) => {
      await mustApply(api(), policy(expression));
      await vi.waitFor(async () => expect(JSON.stringify(await attempt())).toContain(WHY), PATIENCE);
    };
    const permitAll = () => Promise.all(policy('true').map((object) => remove(api(), object)));

    /** The Events that the command in a message shows. */
    async function eventsIn({ message }: Condition): Promise<readonly { readonly message: string }[]> {
      const [, namespace, selector] =
        /kubectl get events --namespace (\S+) --field-selector (\S+)$/.exec(message) ?? [];
      const query = `fieldSelector=${encodeURIComponent(selector ?? '')}`;
      const { body } = await call(api(), 'GET', `/api/v1/namespaces/${namespace}/events?${query}`);
      return (body as { readonly items: readonly { readonly message: string }[] }).items;
    }

    beforeAll(async () => {
      engine = await startEngine(strategy, { values: { 'kaosRuntime.enabled': 'true' } });
      await install(api(), ours('kaos-crds'));
    }, 300_000);
    afterAll(() => engine?.stop());

    it.each([model, gateway])(
      'are named in the status of a $kind with the command for the Events, and no longer once they exist',
      async (parent) => {
        await makeNamespaces(api(), ['team']);
        await forbid("!object.metadata.name.matches('^(modelapi-llm|gw)$')", () =>
          apply(api(), deploymentOf(parent === model ? 'modelapi-llm' : 'gw'), { dryRun: true }),
        );
        await applyWithStatus(api(), [parent]);
        await becomes(parent, { status: 'Unknown', reason: 'Pending' });
        await becomes(parent, {
          status: 'False',
          reason: 'ChildNotCreated',
          message: expect.stringMatching(/^Deployment team\/\S+ has not been created/),
        });
        const condition = (await programmed(parent)) as Condition;
        expect((await eventsIn(condition)).map(({ message }) => message).join()).toContain(WHY);
        await permitAll();
        await becomes(parent, { status: 'True' });
      },
    );

    it('are named as well if they keep an older spec', async () => {
      const path = `${await pathOf(api(), deploymentOf('modelapi-llm'))}?dryRun=All`;
      await forbid("request.operation != 'UPDATE' || oldObject.spec == object.spec", () =>
        call(api(), 'PATCH', path, {
          body: { spec: { revisionHistoryLimit: 3 } },
          contentType: 'application/merge-patch+json',
        }),
      );
      await change(api(), model, { spec: { proxyConfig: { models: ['openai/*', 'anthropic/*'] } } });
      await becomes(model, {
        status: 'False',
        reason: 'ChildNotCreated',
        message: expect.stringContaining('still has an older spec'),
      });
      await permitAll();
      await becomes(model, { status: 'True' });
    });
  },
);
