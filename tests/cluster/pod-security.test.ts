import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PodSecurity } from '../../controllers/settings.ts';
import { hostilePodSpec } from '../controllers/kaos-runtime/hostile-pod-specs.ts';
import { forbiddenCases, permittedCases } from '../controllers/kubernetes/pod-spec/pod-security-cases.ts';
import { gateway, sync as gatewaySync } from '../support/gateways.ts';
import { agent, modelApi, ready, sync } from '../support/kaos.ts';
import { violations } from '../support/pod-security.ts';
import { exampleAnswer, exampleFiles, fixtureAnswers } from './support/answers.ts';
import { call, mustApply } from './support/api.ts';
import { type ControlPlane, startControlPlane } from './support/control-plane.ts';

const STANDARDS = ['baseline', 'restricted'] as const;
type Standard = (typeof STANDARDS)[number];
const VIOLATES = /violates PodSecurity/;

const examples = exampleFiles.filter((file) => file.includes('kaos-runtime/'));
const ANSWERS = [...fixtureAnswers(), ...(await Promise.all(examples.map(exampleAnswer)))];
/** The accounts in hostile pods, and those that the answers make. */
const ACCOUNTS = new Set([
  ...['default', 'reader', 'cluster-reader'],
  ...ANSWERS.flatMap(({ children }) => children.filter(({ kind }) => kind === 'ServiceAccount')).map(
    ({ metadata }) => metadata.name,
  ),
]);
const ALL_PODS = ANSWERS.flatMap(({ name, children }) =>
  children
    .filter(({ kind }) => kind === 'Deployment')
    // biome-ignore lint/suspicious/noExplicitAny: whatever is in a pod.
    .map(({ metadata, spec: { template } }: any) => ({
      name,
      ofKaos: /^(agent|modelapi|mcpserver|memorystore)-/.test(metadata.name),
      podSpec: template.spec,
      annotations: template.metadata.annotations,
    })),
);
const PODS = ALL_PODS.filter(({ ofKaos }) => ofKaos);
/** Without those of the Go operator, which a gateway keeps while it is refused. */
const GATEWAY_PODS = ALL_PODS.filter(
  ({ ofKaos, podSpec: { containers } }) =>
    !ofKaos && containers[0].name === 'agent-gateway' && containers[0].securityContext !== undefined,
);

/** One or two fields of each, because the API server would find most whole ones invalid. */
const parts = fc.tuple(hostilePodSpec, fc.nat(), fc.nat()).map(([podSpec, first, second]) => {
  const fields = Object.entries(podSpec);
  const chosen = [first % fields.length, second % fields.length];
  return Object.fromEntries(fields.filter((_, index) => chosen.includes(index)));
});
const SAMPLES = fc.sample(parts, { numRuns: 250, seed: 1 });

const made = (podSpec: object, KAOS_RUNTIME_POD_SECURITY: PodSecurity) =>
  sync({
    parent: agent({ podSpec }),
    related: [ready(modelApi())],
    settings: { KAOS_RUNTIME_POD_SECURITY, KAOS_RUNTIME_SECRETS: '*' },
  }).pod;

describe('the Pod Security admission of the API server', () => {
  let cluster: ControlPlane;
  beforeAll(async () => {
    cluster = await startControlPlane();
    for (const name of STANDARDS) {
      const metadata = { name, labels: { 'pod-security.kubernetes.io/enforce': name } };
      const inNamespace = (account: string) => ({ name: account, namespace: name });
      await mustApply(cluster.api, [
        { apiVersion: 'v1', kind: 'Namespace', metadata },
        ...[...ACCOUNTS].map((account) => ({
          apiVersion: 'v1',
          kind: 'ServiceAccount',
          metadata: inNamespace(account),
        })),
      ]);
    }
  }, 180_000);
  afterAll(() => cluster?.stop());

  /** What the server says of a pod in a namespace that enforces a standard; empty if it takes it. */
  async function refusal(podSpec: object, standard: Standard, annotations: object = {}): Promise<string> {
    const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'pod', annotations }, spec: podSpec };
    const path = `/api/v1/namespaces/${standard}/pods?dryRun=All`;
    const { status, body } = await call(cluster.api, 'POST', path, { body: pod });
    return status === 201 ? '' : String((body as { readonly message?: string }).message);
  }

  async function verdict(podSpec: object, standard: Standard): Promise<'permitted' | 'forbidden' | 'invalid'> {
    const said = await refusal(podSpec, standard);
    if (said === '') {
      return 'permitted';
    }
    return VIOLATES.test(said) ? 'forbidden' : 'invalid';
  }

  it.each(forbiddenCases)('forbids $name under $standard, and takes our answer', async (each) => {
    const { standard, podSpec, isInvalid } = each;
    expect(await verdict(made(podSpec, 'privileged'), standard)).toBe(isInvalid ? 'permitted' : 'forbidden');
    expect(await refusal(made(podSpec, standard), standard)).toBe('');
  });

  it.each(forbiddenCases.filter(({ standard }) => standard === 'restricted'))(
    'permits $name under baseline',
    async ({ podSpec }) => {
      expect(await refusal(made(podSpec, 'privileged'), 'baseline')).not.toMatch(VIOLATES);
    },
  );

  it.each(permittedCases)('permits $name under $standard', async ({ standard, podSpec }) => {
    expect(await refusal(made(podSpec, 'privileged'), standard)).not.toMatch(VIOLATES);
  });

  it.each(PODS)('takes the pod of $name under baseline', async ({ podSpec }) => {
    expect(await refusal(podSpec, 'baseline')).toBe('');
  });

  it.each(GATEWAY_PODS)('takes the pod of the gateway of $name under restricted', async ({ podSpec, annotations }) => {
    expect(await refusal(podSpec, 'restricted', annotations)).toBe('');
  });

  it('forbids AppArmor to be turned off by an annotation, and takes the pod of a gateway that asks for it', async () => {
    const annotations = { 'container.apparmor.security.beta.kubernetes.io/agent-gateway': 'unconfined' };
    const { pod } = gatewaySync({ parent: gateway({ podMetadata: { annotations }, commonMetadata: { annotations } }) });
    expect(await refusal(pod.spec, 'baseline', annotations)).toMatch(VIOLATES);
    expect(await refusal(pod.spec, 'restricted', pod.metadata.annotations)).toBe('');
  });

  it.each(STANDARDS)(
    'judges hostile pods under %s as our tests do, and takes what becomes of them',
    async (standard) => {
      const counts = { forbidden: 0, permitted: 0, invalid: 0 };
      for (const podSpec of SAMPLES) {
        const hostile = made(podSpec, 'privileged');
        const judged = await verdict(hostile, standard);
        counts[judged] += 1;
        const expected = violations(hostile, standard).length > 0 ? 'forbidden' : 'permitted';
        expect({ podSpec, judged }).toEqual({ podSpec, judged: judged === 'invalid' ? judged : expected });
        expect(await refusal(made(podSpec, standard), standard)).not.toMatch(VIOLATES);
      }
      expect(counts.forbidden).toBeGreaterThan(50);
      expect(counts.permitted).toBeGreaterThan(10);
    },
    120_000,
  );
});
