import { describe, expect, it } from 'vitest';
import { kaosRoutes } from '../../../controllers/kaos-routes/controller.ts';
import { observedObjects } from '../../../webhooks/wire/object-map.ts';
import { objectMap } from '../../support/gateways.ts';
import { AGENT, accessSettings } from '../../support/route-cluster.ts';

const settings = accessSettings({ rules: [{ from: { namespaces: ['frontend'] } }] });
const OURS = { ...settings, kaosRuntime: { ...settings.kaosRuntime, enabled: true } };
const policy = (uid: string | undefined, name = 'access-agent-desk') => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name, namespace: 'team', ...(uid && { ownerReferences: [{ uid, controller: true }] }) },
});

function outcome(policies: readonly ReturnType<typeof policy>[], given = OURS, parent = AGENT) {
  const related = observedObjects(objectMap(policies));
  const reply = kaosRoutes.sync(
    { parent, children: [], related, finalizing: false, now: '2026-06-01T00:00:00Z' },
    given,
  );
  return reply.outcome === 'release' ? reply.reason : reply.outcome;
}

describe('a route whose resource says who may connect, and asks for nothing else', () => {
  it('waits for the NetworkPolicy of its resource', () => {
    expect(outcome([])).toBe('AccessWithheld');
    expect(outcome([policy('uid-of-desk')])).toBe('apply');
  });

  it('does not take the NetworkPolicy of anybody else for it', () => {
    expect(outcome([policy(undefined)])).toBe('AccessWithheld');
    expect(outcome([policy('uid-of-another')])).toBe('AccessWithheld');
    expect(outcome([policy('uid-of-desk', 'access-agent-other')])).toBe('AccessWithheld');
  });

  it('is withheld without the KAOS runtime, and made offline with it', () => {
    expect(outcome([policy('uid-of-desk')], settings)).toBe('AccessWithheld');
    expect(outcome([], OURS, { ...AGENT, metadata: { name: 'desk', namespace: 'team' } })).toBe('apply');
  });

  it('makes customize ask for the NetworkPolicy, whatever its labels are', () => {
    const answer = kaosRoutes.customize?.(AGENT, OURS);
    const rule = {
      apiVersion: 'networking.k8s.io/v1',
      resource: 'networkpolicies',
      namespace: 'team',
      names: ['access-agent-desk'],
    };
    expect(answer).toMatchObject({ rules: expect.arrayContaining([rule]) });
    expect(JSON.stringify(kaosRoutes.customize?.(AGENT, settings))).not.toContain('networkpolicies');
  });
});
