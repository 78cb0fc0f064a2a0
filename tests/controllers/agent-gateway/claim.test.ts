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

describe('a gateway is ours', () => {
  it.each([
    ['by the class that it names', { agentGatewayClassName: 'krakend' }, [KRAKEND]],
    ['by another class of our controller', { agentGatewayClassName: 'second' }, [KRAKEND, SECOND]],
    ['by default', {}, [KRAKEND_DEFAULT]],
    ['by default beside a default of another, as both claim it', {}, [KRAKEND_DEFAULT, ENVOY_DEFAULT]],
    ['by an empty name and default', { agentGatewayClassName: '' }, [KRAKEND_DEFAULT]],
  ])('%s', (_how, spec, classes) => {
    const { attachments, conditions } = sync({ parent: gateway(spec), related: classes });
    expect(attachments.map(({ kind }) => kind).sort()).toEqual(['ConfigMap', 'Deployment', 'Service']);
    expect(conditions['Accepted']).toMatchObject({ status: 'True', observedGeneration: 3 });
  });
});

describe('a gateway is not ours, and nothing is touched', () => {
  it.each([
    ['it names a class of another', { agentGatewayClassName: 'envoy' }, [KRAKEND_DEFAULT, ENVOY]],
    ['another class is the default', {}, [KRAKEND, ENVOY_DEFAULT]],
    ['it names a class that is not there', { agentGatewayClassName: 'nginx' }, [KRAKEND_DEFAULT]],
    ['a class of ours is there, but is no default', {}, [KRAKEND]],
  ])('%s', (_why, spec, classes) => {
    const { attachments, status, reply } = sync({ parent: gateway(spec), related: classes });
    expect({ attachments, status }).toEqual({ attachments: [], status: null });
    expect(reply).toMatchObject({ outcome: 'release', problems: [] });
  });
});

describe('children are released (D15)', () => {
  it.each([
    ['when another class is named', { agentGatewayClassName: 'envoy' }, [KRAKEND_DEFAULT, ENVOY]],
    ['when another class is now the default, and ours is not', {}, [KRAKEND, ENVOY_DEFAULT]],
  ])('%s, and our conditions go too, once', (_when, spec, classes) => {
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

describe('children stay as they are', () => {
  it.each([
    ['the class that it names has vanished', { agentGatewayClassName: 'krakend' }, [ENVOY_DEFAULT], 'ClassNotFound'],
    ['its class is no default any more, and no other is', {}, [KRAKEND, ENVOY], 'ClassNotFound'],
    ['there is an Agent of its name', {}, [KRAKEND_DEFAULT, agent('team/gw')], 'NameConflict'],
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

  it('also those that do not fit what is read of them', () => {
    const broken = running().map((child) => ({ ...child, spec: { template: 5 } }));
    const { attachments } = sync({
      parent: gateway({ agentGatewayClassName: 'gone' }),
      related: [KRAKEND],
      children: broken,
    });
    expect(attachments).toHaveLength(3);
  });

  it('without what the engine and the Deployment controller write', () => {
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

describe('a foreign object of a name of ours is not seized (D12)', () => {
  const foreign = (kind: string, name: string, ownerReferences?: object[]) => ({
    apiVersion: kind === 'Deployment' ? 'apps/v1' : 'v1',
    kind,
    metadata: { name, namespace: 'team', ...(ownerReferences && { ownerReferences }) },
  });

  it.each([
    ['Service', foreign('Service', 'gw')],
    ['Deployment of another controller', foreign('Deployment', 'gw', [{ uid: 'another', controller: true }])],
    ['ConfigMap that we own but do not control', foreign('ConfigMap', 'gw-krakend-config', [{ uid: UID }])],
  ])('%s', (_what, object) => {
    const { attachments, conditions, reply } = sync({ related: [KRAKEND_DEFAULT, object] });
    expect(attachments).toEqual([]);
    expect(conditions['Accepted']).toMatchObject({ status: 'False', reason: 'NameConflict' });
    expect(reply).toMatchObject({ outcome: 'release', problems: [{ reason: 'GatewayProblem' }] });
  });

  it('what the Go operator made is ours: the gateway controls it', () => {
    const made = [foreign('Service', 'gw', [{ uid: UID, controller: true }]), foreign('Service', 'other')];
    expect(sync({ related: [KRAKEND_DEFAULT, ...made] }).attachments).toHaveLength(3);
  });
});

describe('a name that a Service cannot have (D11)', () => {
  it.each(['a'.repeat(64), 'gw.v2'])('%s makes nothing', (name) => {
    const { attachments, conditions } = sync({ parent: gateway({}, { name }) });
    expect({ attachments, accepted: conditions['Accepted']?.reason }).toEqual({
      attachments: [],
      accepted: 'InvalidName',
    });
  });

  it('a digit may be first', () => {
    expect(sync({ parent: gateway({}, { name: '1gw' }) }).attachments).toHaveLength(3);
  });
});

it('a gateway that is being deleted is left to garbage collection (D23)', () => {
  const parent = gateway({}, { deletionTimestamp: '2026-05-01T00:00:00Z' });
  const { attachments, status, reply } = sync({ parent, children: running() });
  expect({ attachments, status }).toEqual({ attachments: [], status: null });
  expect(reply).toMatchObject({ reason: 'Deleting' });
});
