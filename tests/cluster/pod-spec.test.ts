import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Field } from '../../controllers/kubernetes/pod-spec/field.ts';
import { podSpecField } from '../../controllers/kubernetes/pod-spec/pod-spec-fields.ts';
import { KUBERNETES_VERSION } from '../../controllers/kubernetes/pod-spec/strategic-merge.ts';
import { refusedOverrides } from '../controllers/kubernetes/pod-spec/refused-overrides.ts';
import { quantities } from '../controllers/kubernetes/values/quantities.ts';
import { agent, modelApi, ready, sync } from '../support/kaos.ts';
import { apply, call } from './support/api.ts';
import { type ControlPlane, startControlPlane } from './support/control-plane.ts';
import { naivelyMerged } from './support/naive-merge.ts';
import { fieldDifferences, type Schemas } from './support/open-api.ts';

const generated = sync({ parent: agent(), related: [ready(modelApi())] }).pod;

const deployment = (podSpec: object) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'agent', namespace: 'default' },
  spec: {
    selector: { matchLabels: { app: 'agent' } },
    template: { metadata: { labels: { app: 'agent' } }, spec: podSpec },
  },
});

describe('the rules for a PodSpec', () => {
  let cluster: ControlPlane;
  beforeAll(async () => {
    cluster = await startControlPlane();
  }, 180_000);
  afterAll(() => cluster?.stop());

  const applied = (podSpec: object) => apply(cluster.api, deployment(podSpec), { dryRun: true });

  it('list the same fields as the API server', async () => {
    const { body: version } = await call(cluster.api, 'GET', '/version');
    expect(version).toMatchObject({ gitVersion: expect.stringContaining(`v${KUBERNETES_VERSION}.`) });
    const { body } = await call(cluster.api, 'GET', '/openapi/v3/apis/apps/v1');
    const { schemas } = (body as { readonly components: { readonly schemas: Schemas } }).components;
    const known: Field = podSpecField;
    expect(fieldDifferences(known, 'io.k8s.api.core.v1.PodSpec', schemas)).toEqual([]);
  });

  it('generate a PodSpec that the API server accepts', async () => {
    expect(await applied(generated)).toMatchObject({ outcome: 'accepted' });
  });

  it.each(refusedOverrides)('leave out only what the API server refuses: $name', async ({ override }) => {
    expect(await applied(naivelyMerged(generated, override))).toMatchObject({ outcome: 'refused' });
  });

  it.each(quantities)('write the quantity %j as %j, as the API server does', async (quantity, expected) => {
    const stored = await applied({
      containers: [{ name: 'agent', image: 'x', resources: { limits: { cpu: quantity } } }],
    });
    expect(stored).toMatchObject({
      object: { spec: { template: { spec: { containers: [{ resources: { limits: { cpu: expected } } }] } } } },
    });
  });

  it('cannot keep an unknown field, because the API server refuses or drops it', async () => {
    expect(await applied({ ...generated, nosuch: 1 })).toMatchObject({
      outcome: 'refused',
      message: expect.stringContaining('.nosuch: field not declared in schema'),
    });
    const path = '/apis/apps/v1/namespaces/default/deployments?dryRun=All';
    const { status, body } = await call(cluster.api, 'POST', path, { body: deployment({ ...generated, nosuch: 1 }) });
    expect(status).toBe(201);
    expect(JSON.stringify(body)).not.toContain('nosuch');
  });
});
