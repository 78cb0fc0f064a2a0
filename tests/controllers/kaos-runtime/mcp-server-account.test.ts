import { describe, expect, it } from 'vitest';
import { mcpServer, observed, sync } from '../../support/kaos.ts';

const custom = (container: object = { image: 'example/tools:1' }, more: object = {}) =>
  mcpServer({ runtime: 'custom', container, ...more });

describe('an MCPServer', () => {
  it('has a token only if it names a service account', () => {
    const settings = { KAOS_RUNTIME_SERVICE_ACCOUNTS: '*' };
    const token = (spec: object) => sync({ parent: custom(undefined, spec), settings }).pod;
    expect(token({}).automountServiceAccountToken).toBe(false);
    expect(token({ serviceAccountName: 'reader' })).toMatchObject({
      automountServiceAccountToken: true,
      serviceAccountName: 'reader',
    });
    for (const podSpec of [{ serviceAccountName: 'writer' }, { serviceAccount: 'writer' }]) {
      for (const more of [{ podSpec }, { serviceAccountName: 'reader', podSpec }]) {
        expect(token(more)).toMatchObject({ automountServiceAccountToken: true, serviceAccountName: 'writer' });
        expect(token(more)).not.toHaveProperty('serviceAccount');
      }
    }
    const both = { serviceAccountName: 'writer', serviceAccount: 'other' };
    expect(token({ podSpec: both }).serviceAccountName).toBe('writer');
    for (const serviceAccountName of ['', 5, null]) {
      expect(token({ podSpec: { serviceAccountName } }).automountServiceAccountToken).toBe(false);
    }
  });

  it('is not created with an invalid service account name, and gets no token for it', () => {
    const account = sync({ parent: custom(undefined, { serviceAccountName: 'Bad Name' }) });
    expect({ kinds: account.kinds, phase: account.status.phase, message: account.status.message }).toEqual({
      kinds: [],
      phase: 'Failed',
      message:
        'Failed to construct Deployment: spec.serviceAccountName: "Bad Name" is not a valid service account name',
    });
    const { pod, conditions } = sync({ parent: custom(undefined, { podSpec: { serviceAccountName: 'Bad Name' } }) });
    expect(pod).toMatchObject({ automountServiceAccountToken: false });
    expect(conditions['Accepted']?.message).toBe(
      'spec.podSpec.serviceAccountName: "Bad Name" is not a valid service account name',
    );
  });

  it.each([
    ['it names another', { serviceAccountName: 'writer' }, 'writer'],
    ['it names none', {}, 'default'],
    ['its podSpec names one that it may not use', { podSpec: { serviceAccountName: 'cluster-admin' } }, 'default'],
  ])('loses an account of its present pods if %s', (_case, spec, account) => {
    const first = sync({ parent: custom(undefined, { serviceAccountName: 'reader' }) });
    const next = sync({ parent: custom(undefined, spec), children: observed(first.children) });
    expect(next.pod).toMatchObject({
      serviceAccountName: account,
      automountServiceAccountToken: account === 'writer',
    });
    const last = sync({ parent: custom(undefined, spec), children: observed(next.children) });
    expect(last.children).toEqual(next.children);
    expect(last.conditions['Programmed']?.status).toBe('True');
  });

  it('names no account if its pods have none', () => {
    const { children } = sync({ parent: custom() });
    const { pod } = sync({ parent: custom(), children: observed(children) });
    expect(pod).not.toHaveProperty('serviceAccountName');
  });
});
