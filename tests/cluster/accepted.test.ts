import { afterAll, beforeAll, describe, expect, it, type TestContext } from 'vitest';
import { checkDocument } from '../../webhooks/schemas/check-document.ts';
import type { KubernetesObject } from '../support/gateways.ts';
import type { Manifest } from '../support/helm.ts';
import { agent, mcpServer, modelApi, ready, sync } from '../support/kaos.ts';
import { kaosSamples } from '../support/kaos-samples.ts';
import { withUpstream } from '../support/upstream.ts';
import {
  type Answered,
  exampleAnswer,
  exampleFiles,
  exampleObjects,
  fixtureAnswers,
  fixtureStatuses,
  sampleAnswer,
} from './support/answers.ts';
import { type Api, apply, call, mustApply, remove, removeAtOnce } from './support/api.ts';
import { complaintsAbout, refusals } from './support/complaints.ts';
import { type ControlPlane, startControlPlane } from './support/control-plane.ts';
import {
  agentgateway,
  envoyGateway,
  gatewayApiExperimental,
  gatewayApiStandard,
  install,
  ours,
  undefinedKinds,
  upstream,
} from './support/crds.ts';
import { overrideAnswers } from './support/overrides.ts';

const ANSWERS = [...fixtureAnswers(), ...overrideAnswers(), ...(await Promise.all(exampleFiles.map(exampleAnswer)))];
const SAMPLES = kaosSamples();
const STATUSES = fixtureStatuses();
const UPSTREAM = upstream();
const OURS = [...UPSTREAM.filter(({ metadata }) => !metadata.name.endsWith('.kaos.tools')), ...ours('kaos-crds')];

const CLUSTERS = [
  ['v1.3.0, experimental', gatewayApiExperimental, UPSTREAM],
  ['v1.7.0, standard, and our CRDs of KAOS', gatewayApiStandard, OURS],
] as const;

const WITH_NULLS = {
  ...written(agent()),
  spec: {
    modelAPI: 'llm',
    model: 'm',
    mcpServers: null,
    config: null,
    container: { image: null, env: null, resources: { limits: null } },
    agentNetwork: { access: null },
    podSpec: { securityContext: null, containers: [{ name: 'agent', livenessProbe: null }] },
  },
};
const AGENTS = '/apis/kaos.tools/v1alpha1/namespaces/team/agents';

const telemetry = { endpoint: 'http://mine' };
const WITH_ENDPOINT = [
  agent({ config: { telemetry } }),
  modelApi({ telemetry }),
  mcpServer({ runtime: 'custom', container: { image: 'example/tools:1' }, telemetry }),
].map(written);

describe.each(CLUSTERS)('a cluster with the Gateway API %s', (_name, gatewayApi, definitions) => {
  let cluster: ControlPlane;
  beforeAll(async () => {
    cluster = await startControlPlane();
    await install(cluster.api, [...gatewayApi(), ...envoyGateway(), ...agentgateway(), ...definitions]);
    await makeNamespaces(cluster.api, [
      ...[...ANSWERS, ...SAMPLES.map(sampleAnswer)].flatMap(({ children }) => children),
      ...STATUSES.map(({ parent }) => parent),
    ]);
  }, 180_000);
  afterAll(() => cluster?.stop());

  it.each(ANSWERS)('accepts the answer of $name, and would change nothing if it were applied again', (answer) =>
    expectAccepted(cluster.api, answer),
  );

  describe.each(SAMPLES)('and the sample $name of KAOS 0.8', (sample) => {
    withUpstream(sample.text).it('accepts what is made of it, and would change nothing if it were applied again', () =>
      expectAccepted(cluster.api, sampleAnswer(sample)),
    );
  });

  it.for(STATUSES)('stores the whole status of $name', async ({ parent, status, isWhole }, { skip }) => {
    skip(isWhole && definitions !== OURS, 'the KAOS operator’s CRDs have no conditions');
    skipWithout([parent], definitions, skip);
    const { apiVersion, kind, metadata } = parent;
    await mustApply(cluster.api, [parent]);
    const applied = await apply(cluster.api, { apiVersion, kind, metadata, status }, { subresource: 'status' });
    await remove(cluster.api, parent);
    expect(refusals(parent, applied)).toEqual([]);
    expect(applied.outcome === 'accepted' && applied.object['status']).toEqual(status);
  });

  it.for(exampleFiles)('accepts the resources of users in %s', async (file, { skip }) => {
    const objects = exampleObjects(file);
    skipWithout(objects, definitions, skip);
    await makeNamespaces(cluster.api, objects);
    const complaints = await inTurn(objects, async (object) => refusals(object, await apply(cluster.api, object)));
    expect(complaints).toEqual([]);
  });

  it('drops and keeps the same nulls as render', async ({ skip }) => {
    skip(definitions !== OURS, 'the KAOS operator’s CRDs list the fields of a podSpec');
    await makeNamespaces(cluster.api, [WITH_NULLS]);
    const { status, body } = await call(cluster.api, 'POST', AGENTS, { body: WITH_NULLS });
    await remove(cluster.api, WITH_NULLS);
    const { agentNetwork, ...read } = checkDocument(WITH_NULLS).object?.spec ?? {};
    const defaults = { agentNetwork: { ...agentNetwork, expose: true }, waitForDependencies: true };
    expect({ status, spec: (body as Manifest)['spec'] }).toEqual({ status: 201, spec: { ...read, ...defaults } });
  });

  it.for(WITH_ENDPOINT)(
    'D24: keeps the default telemetry on for $kind with an endpoint of its own',
    async (own, { skip }) => {
      skip(definitions !== OURS, 'the KAOS operator’s CRDs turn telemetry off');
      await makeNamespaces(cluster.api, [own]);
      const stored = await apply(cluster.api, own);
      await remove(cluster.api, own);
      expect(refusals(own, stored)).toEqual([]);
      const parent = { ...own, spec: stored.outcome === 'accepted' && stored.object['spec'] };
      const settings = { DEFAULT_TELEMETRY_ENABLED: 'true', DEFAULT_TELEMETRY_ENDPOINT: 'http://all' };
      const { env } = sync({ parent, related: [ready(modelApi())], settings });
      expect(env).toMatchObject({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://mine', OTEL_SERVICE_NAME: own.metadata.name });
    },
  );
});

async function expectAccepted(api: Api, { children }: Answered): Promise<void> {
  const complaints = await inTurn(children, (child) => complaintsAbout(api, child));
  await inTurn(children, async (child) => [await removeAtOnce(api, child)]);
  expect(complaints).toEqual([]);
  expect(children.length).toBeGreaterThan(0);
}

/** A resource as its user writes it, without the fields that the server adds. */
function written({ apiVersion, kind, metadata: { name, namespace = '' }, spec }: KubernetesObject) {
  return { apiVersion, kind, metadata: { name, namespace }, spec };
}

/** Skips a test if this machine has no CRD for the kind of one of its objects. */
function skipWithout(objects: readonly Manifest[], definitions: readonly Manifest[], skip: TestContext['skip']): void {
  const kinds = undefinedKinds(objects, definitions);
  skip(kinds.length > 0, `this machine has no CRD for ${kinds.join(', ')}`);
}

async function makeNamespaces(api: Api, objects: readonly Manifest[]): Promise<void> {
  const names = new Set(objects.flatMap(({ metadata }) => metadata.namespace ?? []));
  await mustApply(
    api,
    [...names].map((name) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } })),
  );
}

async function inTurn<Item, Result>(
  items: readonly Item[],
  act: (item: Item) => Promise<readonly Result[]>,
): Promise<Result[]> {
  const results: Result[] = [];
  for (const item of items) {
    results.push(...(await act(item)));
  }
  return results;
}
