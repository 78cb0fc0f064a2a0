import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { arbitraryPodSpec, isGated, podSpecPart } from '../controllers/kubernetes/pod-spec/arbitrary-pod-specs.ts';
import { conflictingOverrides } from '../controllers/kubernetes/pod-spec/conflicting-overrides.ts';
import { mendedOverrides } from '../controllers/kubernetes/pod-spec/mended-overrides.ts';
import { refusedOverrides } from '../controllers/kubernetes/pod-spec/refused-overrides.ts';
import { agent, modelApi, ready, sync } from '../support/kaos.ts';
import { type Applied, apply } from './support/api.ts';
import { type ControlPlane, startControlPlane } from './support/control-plane.ts';
import { naivelyMerged } from './support/naive-merge.ts';

/** Another seed tries other podSpecs. What fails then becomes a case of a table. */
const SEED = Number(process.env['POD_SPEC_SEED'] ?? 1);
/** A pull secret without a name: we tell of it, and the API server passes over it. */
const isNameless = (podSpec: { readonly imagePullSecrets?: unknown }) =>
  JSON.stringify(podSpec.imagePullSecrets ?? []).includes('{}') ||
  JSON.stringify(podSpec.imagePullSecrets ?? []).includes('"name":""');
const PARTS = fc.sample(podSpecPart, { numRuns: 500, seed: SEED });
const WHOLE = fc.sample(arbitraryPodSpec, { numRuns: 300, seed: SEED });

const CASES = [...refusedOverrides, ...mendedOverrides, ...conflictingOverrides].filter(
  ({ override }) => !isGated(override),
);
/** The volume and the request that some cases build on. */
const BASE = {
  containers: [{ name: 'agent', resources: { requests: { cpu: '100m' } } }],
  volumes: [{ name: 'data', emptyDir: {} }],
};
/** No policy leaves out anything before the rules of Kubernetes do. */
const SETTINGS = {
  KAOS_RUNTIME_POD_SECURITY: 'privileged',
  KAOS_RUNTIME_PRIORITY_CLASSES: '*',
  KAOS_RUNTIME_SECRETS: '*',
  KAOS_RUNTIME_SERVICE_ACCOUNTS: '*',
};

function answered(podSpec: object) {
  const answer = sync({ parent: agent({ podSpec }), related: [ready(modelApi())], settings: SETTINGS });
  const { metadata, ...deployment } = answer.deployment;
  const isClean = answer.conditions['Accepted']?.status === 'True';
  return { deployment: { ...deployment, metadata: { ...metadata, namespace: 'default' } }, isClean };
}

/** The Deployment if nobody looked at the podSpec. */
function unchecked(podSpec: object) {
  const { deployment } = answered(BASE);
  const { template, ...spec } = deployment.spec;
  return { ...deployment, spec: { ...spec, template: { ...template, spec: naivelyMerged(template.spec, podSpec) } } };
}

const isRefused = ({ outcome }: Applied) => outcome === 'refused';

describe(`the API server, for podSpecs of the seed ${SEED}`, () => {
  let cluster: ControlPlane;
  beforeAll(async () => {
    cluster = await startControlPlane();
  }, 180_000);
  afterAll(() => cluster?.stop());

  const applied = (deployment: ReturnType<typeof unchecked>) => apply(cluster.api, deployment, { dryRun: true });

  it.each(CASES)('refuses what we leave out, and accepts the rest: $name', async ({ override }) => {
    expect(await applied(unchecked(override))).toMatchObject({ outcome: 'refused' });
    const { volumes = [], ...others } = override as { readonly volumes?: readonly object[] };
    const { deployment } = answered({ ...others, volumes: [...BASE.volumes, ...volumes] });
    expect(await applied(deployment)).toMatchObject({ outcome: 'accepted' });
  });

  it('accepts the Deployment of every podSpec', { timeout: 300_000 }, async () => {
    const podSpecs = [...PARTS, ...WHOLE];
    let cleaned = 0;
    for (const podSpec of podSpecs) {
      const { deployment, isClean } = answered(podSpec);
      cleaned += isClean ? 0 : 1;
      expect({ podSpec: JSON.stringify(podSpec), ...(await applied(deployment)) }).toMatchObject({
        outcome: 'accepted',
      });
    }
    expect(cleaned).toBeGreaterThan(podSpecs.length / 4);
    expect(podSpecs.length - cleaned).toBeGreaterThan(podSpecs.length / 10);
  });

  it('refuses each part that we leave out', { timeout: 300_000 }, async () => {
    const counts = { taken: 0, refused: 0 };
    for (const podSpec of PARTS.filter((part) => !isGated(part) && !isNameless(part))) {
      const isRight = answered(podSpec).isClean;
      counts[isRight ? 'taken' : 'refused'] += 1;
      const isTaken = !isRefused(await applied(unchecked(podSpec)));
      expect({ podSpec: JSON.stringify(podSpec), isTaken }).toEqual({
        podSpec: JSON.stringify(podSpec),
        isTaken: isRight,
      });
    }
    expect(counts.taken).toBeGreaterThan(50);
    expect(counts.refused).toBeGreaterThan(100);
  });
});
