import { describe, expect, it } from 'vitest';
import { AVAILABLE, agent, gateway, NOW, observed, PROGRESSING, sync } from '../../support/gateways.ts';

const EARLIER = '2026-01-01T00:00:00Z';

describe('the status of a gateway (D13)', () => {
  it('has our three conditions, and keeps all that is not ours', () => {
    const theirs = { type: 'Ready', status: 'True', anything: { a: 1 }, lastTransitionTime: EARLIER };
    const parent = { ...gateway(), status: { more: { b: 2 }, conditions: [theirs, 'no condition'] } };
    const { status } = sync({ parent });
    expect(status).toMatchObject({ more: { b: 2 } });
    const conditions = status?.['conditions'] as { type?: string }[];
    expect(conditions.map((condition) => condition.type)).toEqual([
      'Accepted',
      'ResolvedRefs',
      'Programmed',
      'Ready',
      undefined,
    ]);
    expect(conditions[3]).toEqual(theirs);
  });

  it('keeps the time of a condition that does not flip, and takes the call’s for one that does', () => {
    const said = (status: string) => ({
      type: 'Accepted',
      status,
      reason: 'x',
      message: 'x',
      lastTransitionTime: EARLIER,
    });
    const accepted = (status: string) =>
      sync({ parent: { ...gateway(), status: { conditions: [said(status)] } } }).conditions['Accepted'];
    expect(accepted('True')).toEqual({
      type: 'Accepted',
      status: 'True',
      reason: 'Accepted',
      message: 'The resource is accepted',
      lastTransitionTime: EARLIER,
      observedGeneration: 3,
    });
    expect(accepted('False')?.lastTransitionTime).toBe(NOW);
  });

  it('is the same when it is answered again', () => {
    const related = [agent('a/one'), agent('a/two', { url: '' })];
    const first = sync({ related });
    const again = sync({ related, parent: { ...gateway(), status: first.status }, now: '2026-07-01T00:00:00Z' });
    expect(again.status).toEqual(first.status);
  });

  it.each([
    ['the Deployment is not there yet', undefined, 'Pending', 'False'],
    ['its pods are available', { conditions: AVAILABLE }, 'Programmed', 'True'],
    ['its new pods are not there yet', { conditions: PROGRESSING, updatedReplicas: 0 }, 'Pending', 'False'],
    ['its new pods are not available', { conditions: PROGRESSING, availableReplicas: 0 }, 'Pending', 'False'],
    ['an old pod is still there', { conditions: PROGRESSING, replicas: 2 }, 'Pending', 'False'],
    ['its status is of an older one', { conditions: AVAILABLE, observedGeneration: 0 }, 'Pending', 'False'],
    [
      'its status says nothing yet',
      { conditions: [], replicas: undefined, updatedReplicas: undefined, availableReplicas: undefined },
      'Pending',
      'False',
    ],
    [
      'its rollout failed',
      { conditions: [AVAILABLE[0], { type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded' }] },
      'RolloutFailed',
      'False',
    ],
  ])('says of Programmed, when %s', (_when, status, reason, programmed) => {
    const related = [agent('a/one')];
    const children = status === undefined ? [] : observed(sync({ related }).attachments, status);
    expect(sync({ related, children }).conditions['Programmed']).toMatchObject({ status: programmed, reason });
  });

  it('is not Programmed while another configuration is served', () => {
    const children = observed(sync({ related: [agent('a/one')] }).attachments);
    const { conditions } = sync({ related: [agent('a/one'), agent('a/two')], children });
    expect(conditions['Programmed']).toMatchObject({ status: 'False', reason: 'Pending' });
  });

  it('is not Programmed while another spec is served', () => {
    const related = [agent('a/one')];
    const children = observed(sync({ related }).attachments);
    for (const scene of [
      { parent: gateway({ env: [{ name: 'A', value: '1' }] }) },
      { settings: { AGENT_GATEWAY_IMAGE: 'x:2' } },
    ]) {
      expect(sync({ related, children, ...scene }).conditions['Programmed']?.status).toBe('False');
    }
  });

  it('has each of our types once, whatever is observed', () => {
    const parent = {
      ...gateway(),
      status: { conditions: [{ type: 'Accepted' }, { type: 'Accepted', status: 'True' }] },
    };
    const types = ((sync({ parent }).status?.['conditions'] ?? []) as { type: string }[]).map(({ type }) => type);
    expect(types).toEqual(['Accepted', 'ResolvedRefs', 'Programmed']);
  });

  it('has no message that the API server would refuse for its length', () => {
    const env = Array.from({ length: 2000 }, (_, index) => ({ name: `=${index}`, value: 'x' }));
    expect(sync({ parent: gateway({ env }) }).conditions['Accepted']?.message.length).toBeLessThan(3000);
  });
});

describe('a limit that is smaller than a configuration without agents (D7)', () => {
  const settings = { AGENT_GATEWAY_CONFIG_LIMIT_KIB: '1' };
  const before = sync({ related: [agent('a/one')] });

  it('keeps the last configuration and says so', () => {
    const children = observed(before.attachments);
    const { krakendJson, pod, conditions, resyncAfterSeconds } = sync({ related: [], settings, children });
    expect({ krakendJson, pod }).toEqual({ krakendJson: before.krakendJson, pod: before.pod });
    expect(conditions['Programmed']).toMatchObject({ status: 'False', reason: 'ConfigTooLarge' });
    expect(resyncAfterSeconds).toBeUndefined();
  });

  it('makes a lost Deployment again, with the configuration that is held', () => {
    const children = observed(before.attachments).filter(({ kind }) => kind !== 'Deployment');
    const { krakendJson, pod } = sync({ related: [agent('a/one')], settings, children });
    expect({ krakendJson, annotations: pod.metadata.annotations }).toEqual({
      krakendJson: before.krakendJson,
      annotations: before.pod.metadata.annotations,
    });
  });

  it('makes no pods for a new gateway', () => {
    expect(sync({ settings }).attachments.map(({ kind }) => kind)).toEqual(['Service']);
  });
});
