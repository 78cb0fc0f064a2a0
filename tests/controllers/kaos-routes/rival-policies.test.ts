import { describe, expect, it } from 'vitest';
import type { AccessRules } from '../../../controllers/access/access-rules.ts';
import { desire } from '../../../controllers/kaos-routes/desired.ts';
import { observe } from '../../../controllers/kaos-routes/observed.ts';
import { observedObjects } from '../../../webhooks/wire/object-map.ts';
import { JWT } from '../../support/access.ts';
import { objectMap } from '../../support/gateways.ts';
import { accessSettings } from '../../support/route-cluster.ts';

/** The policy that KAOS 0.8 makes for the route of an Agent. */
const OF_KAOS = {
  apiVersion: 'gateway.envoyproxy.io/v1alpha1',
  kind: 'SecurityPolicy',
  metadata: { name: 'agent-x', namespace: 'ns' },
};

function reasons(rules: AccessRules): readonly string[] {
  const parent = {
    apiVersion: 'kaos.tools/v1alpha1',
    kind: 'Agent',
    metadata: { name: 'x', namespace: 'ns' },
    spec: {},
  } as const;
  const scene = {
    parent,
    children: [],
    related: observedObjects(objectMap([OF_KAOS])),
    finalizing: false,
    now: '2026-01-01T00:00:00Z',
  };
  return desire(observe(scene), accessSettings(rules)).problems.map(({ reason }) => reason);
}

describe("the KAOS operator's policy for a route", () => {
  it('is told beside a SecurityPolicy of ours, for tokens or for pages of other origins', () => {
    expect(reasons({ rules: [{ jwt: JWT }] })).toContain('PolicyConflict');
    expect(reasons({ cors: { origins: ['https://chat.example.com'] } })).toContain('PolicyConflict');
  });

  it.each<AccessRules>([
    {},
    { rules: [{ allow: true }] },
    { rules: [{ limit: { requests: 5, per: 'minute', by: 'all' } }] },
    { default: 'deny' },
  ])('is no problem where we make none: %j', (rules) => {
    expect(reasons(rules)).not.toContain('PolicyConflict');
  });
});
