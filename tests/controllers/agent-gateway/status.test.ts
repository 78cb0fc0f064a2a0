import { describe, expect, it } from 'vitest';
import { AVAILABLE, agent, gateway, NOW, observed, PROGRESSING, sync } from '../../support/gateways.ts';

const EARLIER = '2026-01-01T00:00:00Z';

describe('the status of a gateway (D13)', () => {
  it('has our three conditions and keeps everything that others wrote', () => {
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

  it('changes lastTransitionTime only if the status of a condition changes', () => {
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

  it('stays the same if nothing has changed', () => {
    const related = [agent('a/one'), agent('a/two', { url: '' })];
    const children = observed(sync({ related }).attachments);
    const first = sync({ related, children });
    const parent = { ...gateway(), status: first.status };
    expect(sync({ related, children, parent, now: '2026-07-01T00:00:00Z' }).status).toEqual(first.status);
  });

  it.each([
    ['the Deployment does not exist yet', undefined, 'Pending', 'Unknown'],
    ['its pods are available', { conditions: AVAILABLE }, 'Programmed', 'True'],
    ['its new pods do not exist yet', { conditions: PROGRESSING, updatedReplicas: 0 }, 'Pending', 'False'],
    ['its new pods are not available', { conditions: PROGRESSING, availableReplicas: 0 }, 'Pending', 'False'],
    ['an old pod still exists', { conditions: PROGRESSING, replicas: 2 }, 'Pending', 'False'],
    ['its status belongs to an older generation', { conditions: AVAILABLE, observedGeneration: 0 }, 'Pending', 'False'],
    [
      'its status is still empty',
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
  ])('has the expected condition Programmed if %s', (_when, status, reason, programmed) => {
    const related = [agent('a/one')];
    const children = status === undefined ? [] : observed(sync({ related }).attachments, status);
    expect(sync({ related, children }).conditions['Programmed']).toMatchObject({ status: programmed, reason });
  });

  it('is not Programmed while another configuration is served', () => {
    const children = observed(sync({ related: [agent('a/one')] }).attachments);
    const { conditions } = sync({ related: [agent('a/one'), agent('a/two')], children });
    expect(conditions['Programmed']).toMatchObject({ status: 'Unknown', reason: 'Pending' });
  });

  it('is not Programmed while another spec is served', () => {
    const related = [agent('a/one')];
    const children = observed(sync({ related }).attachments);
    for (const scene of [
      { parent: gateway({ env: [{ name: 'A', value: '1' }] }) },
      { settings: { AGENT_GATEWAY_IMAGE: 'x:2' } },
    ]) {
      expect(sync({ related, children, ...scene }).conditions['Programmed']?.status).toBe('Unknown');
    }
  });

  it('has each of our condition types once, even if the observed status has one twice', () => {
    const parent = {
      ...gateway(),
      status: { conditions: [{ type: 'Accepted' }, { type: 'Accepted', status: 'True' }] },
    };
    const types = ((sync({ parent }).status?.['conditions'] ?? []) as { type: string }[]).map(({ type }) => type);
    expect(types).toEqual(['Accepted', 'ResolvedRefs', 'Programmed']);
  });

  it('has no message that is too long for the API server', () => {
    const env = Array.from({ length: 2000 }, (_, index) => ({ name: `=${index}`, value: 'x' }));
    expect(sync({ parent: gateway({ env }) }).conditions['Accepted']?.message.length).toBeLessThan(3000);
  });
});

describe('a limit that is smaller than a configuration without agents (D7)', () => {
  const settings = { AGENT_GATEWAY_CONFIG_LIMIT_KIB: '1', AGENT_GATEWAY_SETTINGS_LIMIT_KIB: '0' };
  const before = sync({ related: [agent('a/one')] });

  it('leaves the last configuration unchanged and reports it in a condition', () => {
    const children = observed(before.attachments);
    const { krakendJson, pod, conditions, resyncAfterSeconds } = sync({ related: [], settings, children });
    expect({ krakendJson, pod }).toEqual({ krakendJson: before.krakendJson, pod: before.pod });
    expect(conditions['Programmed']).toMatchObject({ status: 'False', reason: 'ConfigTooLarge' });
    expect(resyncAfterSeconds).toBeUndefined();
  });

  it('recreates a lost Deployment with the last configuration', () => {
    const children = observed(before.attachments).filter(({ kind }) => kind !== 'Deployment');
    const { krakendJson, pod } = sync({ related: [agent('a/one')], settings, children });
    expect({ krakendJson, annotations: pod.metadata.annotations }).toEqual({
      krakendJson: before.krakendJson,
      annotations: before.pod.metadata.annotations,
    });
  });

  it('creates no pods for a new gateway', () => {
    expect(sync({ settings }).attachments.map(({ kind }) => kind)).toEqual(['Service']);
  });
});
