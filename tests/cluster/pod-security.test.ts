import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PodSecurity } from '../../controllers/settings.ts';
import { hostilePodSpec } from '../controllers/kaos-runtime/hostile-pod-specs.ts';
import { forbiddenCases, permittedCases } from '../controllers/kubernetes/pod-spec/pod-security-cases.ts';
import { agent, modelApi, ready, sync } from '../support/kaos.ts';
import { violations } from '../support/pod-security.ts';
import { exampleAnswer, exampleFiles, fixtureAnswers } from './support/answers.ts';
import { call, mustApply } from './support/api.ts';
import { type ControlPlane, startControlPlane } from './support/control-plane.ts';

const STANDARDS = ['baseline', 'restricted'] as const;
type Standard = (typeof STANDARDS)[number];
const VIOLATES = /violates PodSecurity/;
const ACCOUNTS = ['default', 'reader', 'cluster-reader'];

const examples = exampleFiles.filter((file) => file.includes('kaos-runtime/'));
const ANSWERS = [...fixtureAnswers(), ...(await Promise.all(examples.map(exampleAnswer)))];
/** The pods of all answers that are KAOS's. */
const PODS = ANSWERS.flatMap(({ name, children }) =>
  children
    .filter(({ kind, metadata }) => kind === 'Deployment' && /^(agent|modelapi|mcpserver)-/.test(metadata.name))
    // biome-ignore lint/suspicious/noExplicitAny: whatever is in a pod.
    .map((deployment: any) => ({ name, podSpec: deployment.spec.template.spec })),
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
        ...ACCOUNTS.map((account) => ({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: inNamespace(account) })),
      ]);
    }
  }, 180_000);
  afterAll(() => cluster?.stop());

  /** What the server says of a pod in a namespace that enforces a standard; empty if it takes it. */
  async function refusal(podSpec: object, standard: Standard): Promise<string> {
    const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'pod' }, spec: podSpec };
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
