import { describe, expect, it } from 'vitest';
import { agent, gateway, gatewayClass, NOW, OURS, observed, sync, UID } from '../../support/gateways.ts';

const KRAKEND = gatewayClass('krakend', OURS);
const KRAKEND_DEFAULT = gatewayClass('krakend', OURS, true);
const ENVOY = gatewayClass('envoy', 'example.com/other');
const ENVOY_DEFAULT = gatewayClass('envoy', 'example.com/other', true);
const SECOND = gatewayClass('second', OURS);

const running = () => observed(sync({ related: [KRAKEND_DEFAULT, agent('a/one')] }).attachments);
const OURS_SAID = ['Accepted', 'ResolvedRefs', 'Programmed'].map((type) => ({
  type,
  status: 'True',
  reason: type,
  message: '',
  lastTransitionTime: '2026-01-01T00:00:00Z',
}));
const THEIR_CONDITION = { type: 'Ready', status: 'True', lastTransitionTime: '2026-01-01T00:00:00Z' };

describe('our controller manages a gateway', () => {
  it.each([
    ['that names our class', { agentGatewayClassName: 'krakend' }, [KRAKEND]],
    ['that names another class of our controller', { agentGatewayClassName: 'second' }, [KRAKEND, SECOND]],
    ['without a class name, if our class is the default', {}, [KRAKEND_DEFAULT]],
    ['without a class name, even if another controller has a default class too', {}, [KRAKEND_DEFAULT, ENVOY_DEFAULT]],
    ['with an empty class name, if our class is the default', { agentGatewayClassName: '' }, [KRAKEND_DEFAULT]],
  ])('%s', (_how, spec, classes) => {
    const { attachments, conditions } = sync({ parent: gateway(spec), related: classes });
    expect(attachments.map(({ kind }) => kind).sort()).toEqual(['ConfigMap', 'Deployment', 'Service']);
    expect(conditions['Accepted']).toMatchObject({ status: 'True', observedGeneration: 3 });
  });
});

describe('our controller ignores a gateway', () => {
  it.each([
    ['that names a class of another controller', { agentGatewayClassName: 'envoy' }, [KRAKEND_DEFAULT, ENVOY]],
    ['without a class name, if only another controller has a default class', {}, [KRAKEND, ENVOY_DEFAULT]],
  ])('%s', (_why, spec, classes) => {
    const { attachments, status, reply } = sync({ parent: gateway(spec), related: classes });
    expect({ attachments, status }).toEqual({ attachments: [], status: null });
    expect(reply).toMatchObject({ outcome: 'release', problems: [] });
  });

  it.each([
    [
      'that names a class that does not exist',
      { agentGatewayClassName: 'nginx' },
      [KRAKEND_DEFAULT],
      'there is no AgentGatewayClass "nginx"; expected one of "krakend"',
    ],
    [
      'without a class name, if our class is not the default',
      {},
      [KRAKEND],
      'is not set, and no AgentGatewayClass is the default; set it, or make one the default; expected one of "krakend"',
    ],
  ])('%s, and tells why', (_why, spec, classes, why) => {
    const { attachments, status, reply } = sync({ parent: gateway(spec), related: classes });
    expect({ attachments, status }).toEqual({ attachments: [], status: null });
    const message = `spec.agentGatewayClassName: ${why}`;
    expect(reply).toMatchObject({ outcome: 'release', problems: [{ reason: 'GatewayProblem', message }] });
  });
});

describe('our controller releases the children of a gateway', () => {
  it.each([
    ['that now names another class', { agentGatewayClassName: 'envoy' }, [KRAKEND_DEFAULT, ENVOY]],
    ['without a class name, if another class is now the default', {}, [KRAKEND, ENVOY_DEFAULT]],
  ])('%s, and removes its conditions once (D15)', (_when, spec, classes) => {
    const parent = { ...gateway(spec), status: { more: 1, conditions: [...OURS_SAID, THEIR_CONDITION] } };
    const first = sync({ parent, related: classes, children: running() });
    expect({ attachments: first.attachments, status: first.status }).toEqual({
      attachments: [],
      status: { more: 1, conditions: [THEIR_CONDITION] },
    });
    const then = sync({ parent, related: classes });
    expect({ attachments: then.attachments, status: then.status }).toEqual({ attachments: [], status: null });
  });
});

describe('our controller leaves existing children unchanged', () => {
  it.each([
    [
      'if the class that the gateway names no longer exists',
      { agentGatewayClassName: 'krakend' },
      [ENVOY_DEFAULT],
      'ClassNotFound',
    ],
    ['if no class is the default any more', {}, [KRAKEND, ENVOY], 'ClassNotFound'],
    ['if an Agent has the same name', {}, [KRAKEND_DEFAULT, agent('team/gw')], 'NameConflict'],
  ])('%s', (_why, spec, related, reason) => {
    const children = running();
    const parent = { ...gateway(spec), status: { conditions: [...OURS_SAID, THEIR_CONDITION] } };
    const { attachments, status, conditions } = sync({ parent, related, children });
    const kept = children.map(({ status: _status, metadata, ...rest }) => ({
      ...rest,
      metadata: {
        name: metadata.name,
        namespace: metadata.namespace,
        labels: metadata['labels'],
        ...annotations(metadata),
      },
    }));
    expect(attachments).toEqual(expect.arrayContaining(kept));
    expect(attachments).toHaveLength(3);
    expect(conditions['Accepted']).toMatchObject({ status: 'False', reason, lastTransitionTime: NOW });
    expect(status?.['conditions']).toEqual(expect.arrayContaining([OURS_SAID[1], OURS_SAID[2], THEIR_CONDITION]));
  });

  it('but goes on with a gateway that has its children if an Agent of its name appears later', () => {
    const children = running();
    const related = [KRAKEND_DEFAULT, ...children, agent('team/gw'), agent('a/new')];
    const { conditions, krakendJson } = sync({ parent: gateway(), related, children });
    expect(conditions['Accepted']).toMatchObject({ status: 'True' });
    expect(krakendJson).toContain('/a/new');
  });

  it.each(['Deployment', 'Service'])('if an Agent has the same name and the gateway has only a %s', (kind) => {
    const children = running().filter((child) => child.kind === kind);
    const related = [KRAKEND_DEFAULT, ...children, agent('team/gw')];
    const { conditions } = sync({ parent: gateway(), related, children });
    expect(conditions['Accepted']).toMatchObject({ status: 'False', reason: 'NameConflict' });
  });

  it('even if they do not fit the schema', () => {
    const broken = running().map((child) => ({ ...child, spec: { template: 5 } }));
    const { attachments } = sync({
      parent: gateway({ agentGatewayClassName: 'gone' }),
      related: [KRAKEND],
      children: broken,
    });
    expect(attachments).toHaveLength(3);
  });

  it('but omits what Metacontroller and the Deployment controller have written', () => {
    const children = running().map((child) => ({
      ...child,
      metadata: {
        ...child.metadata,
        annotations: {
          'metacontroller.k8s.io/decorator-controller': 'agent-gateway',
          'deployment.kubernetes.io/revision': '4',
          mine: 'x',
        },
      },
    }));
    const { attachments } = sync({ parent: gateway({ agentGatewayClassName: 'gone' }), related: [KRAKEND], children });
    expect(attachments.map(({ metadata }) => metadata['annotations'])).toEqual([
      { mine: 'x' },
      { mine: 'x' },
      { mine: 'x' },
    ]);
  });

  const annotations = (metadata: { readonly [field: string]: unknown }) =>
    metadata['annotations'] === undefined ? {} : { annotations: metadata['annotations'] };
});

describe('a foreign object with the name of a child (D12)', () => {
  const foreign = (kind: string, name: string, ownerReferences?: object[]) => ({
    apiVersion: kind === 'Deployment' ? 'apps/v1' : 'v1',
    kind,
    metadata: { name, namespace: 'team', ...(ownerReferences && { ownerReferences }) },
  });

  it.each([
    ['a Service without an owner', foreign('Service', 'gw')],
    ['a Deployment of another controller', foreign('Deployment', 'gw', [{ uid: 'another', controller: true }])],
    [
      'a ConfigMap that the gateway owns but does not control',
      foreign('ConfigMap', 'gw-krakend-config', [{ uid: UID }]),
    ],
  ])('is not taken over: %s', (_what, object) => {
    const { attachments, conditions, reply } = sync({ related: [KRAKEND_DEFAULT, object] });
    expect(attachments).toEqual([]);
    expect(conditions['Accepted']).toMatchObject({ status: 'False', reason: 'NameConflict' });
    expect(reply).toMatchObject({ outcome: 'release', problems: [{ reason: 'GatewayProblem' }] });
  });

  it('is not one that the Go operator made, because the gateway controls it', () => {
    const made = [foreign('Service', 'gw', [{ uid: UID, controller: true }]), foreign('Service', 'other')];
    expect(sync({ related: [KRAKEND_DEFAULT, ...made] }).attachments).toHaveLength(3);
  });
});

describe('a gateway whose name is not valid for a Service (D11)', () => {
  it.each(['a'.repeat(64), 'gw.v2'])('gets no children: %s', (name) => {
    const { attachments, conditions } = sync({ parent: gateway({}, { name }) });
    expect({ attachments, accepted: conditions['Accepted']?.reason }).toEqual({
      attachments: [],
      accepted: 'InvalidName',
    });
  });

  it('is not one with a name that begins with a digit', () => {
    expect(sync({ parent: gateway({}, { name: '1gw' }) }).attachments).toHaveLength(3);
  });
});

it('our controller leaves a gateway that is being deleted to garbage collection (D23)', () => {
  const parent = gateway({}, { deletionTimestamp: '2026-05-01T00:00:00Z' });
  const { attachments, status, reply } = sync({ parent, children: running() });
  expect({ attachments, status }).toEqual({ attachments: [], status: null });
  expect(reply).toMatchObject({ reason: 'Deleting' });
});

describe('the service of another release', () => {
  const settings = { AGENT_GATEWAY_CLASS_CONTROLLER: `${OURS}-b` };
  const THEIRS = gatewayClass('internal', `${OURS}-b`);
  const parent = gateway({ agentGatewayClassName: 'internal' });

  it('makes the gateways of its own class', () => {
    expect(sync({ parent, related: [KRAKEND_DEFAULT, THEIRS], settings }).conditions['Accepted']?.status).toBe('True');
  });

  it.each([
    ['ours', sync({ parent, related: [KRAKEND_DEFAULT, THEIRS] })],
    ['its', sync({ related: [KRAKEND_DEFAULT, THEIRS], settings })],
  ])('and no others, and neither takes the class of the other for a mistake: %s', (_whose, { reply, attachments }) => {
    expect(attachments).toEqual([]);
    expect(reply).toMatchObject({ outcome: 'release', reason: 'ClassOfAnother', status: null, problems: [] });
  });

  it('tells of a misspelt name of its own', () => {
    const related = [gatewayClass('internal', `${OURS}_b`)];
    expect(sync({ parent, related, settings }).reply.problems).toMatchObject([
      { message: expect.stringContaining(`did you mean "${OURS}-b"?`) },
    ]);
  });
});
