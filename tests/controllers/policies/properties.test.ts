import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accessOf } from '../../../controllers/access/access-of.ts';
import type { AccessRules } from '../../../controllers/access/access-rules.ts';
import { accessRules, JWT } from '../../support/access.ts';
import type { KubernetesObject } from '../../support/gateways.ts';
import { assertReaching } from '../../support/reaching.ts';
import {
  AGENT,
  accessSettings,
  isOpen,
  later,
  newCluster,
  type RouteCluster,
  reported,
  synced,
} from '../../support/route-cluster.ts';

/** What can happen between two syncs. */
type Event =
  | { readonly kind: 'rules'; readonly rules: AccessRules }
  | { readonly kind: 'labels'; readonly labels: Readonly<Record<string, string>> }
  | { readonly kind: 'accepted' | 'refused' | 'gone'; readonly policy: string }
  | { readonly kind: 'later'; readonly seconds: number };

const POLICIES = ['SecurityPolicy', 'BackendTrafficPolicy'];
const policies = fc.constantFrom(...POLICIES);
const limits = fc.constantFrom<AccessRules>(
  { rules: [{ jwt: JWT }] },
  { rules: [{ jwt: JWT, limit: { requests: 5, per: 'minute', by: 'all' } }] },
  { rules: [{ limit: { requests: 7, per: 'second', by: 'address' } }], cors: { origins: ['*'] } },
  { cors: { origins: ['*'] } },
);
const events: fc.Arbitrary<Event> = fc.oneof(
  fc.record({ kind: fc.constant('rules' as const), rules: fc.oneof(accessRules, limits) }),
  fc.record({
    kind: fc.constant('labels' as const),
    labels: fc.constantFrom({}, { tier: 'internal' }, { tier: 'public' }),
  }),
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('accepted' as const), policy: policies }) },
  fc.record({ kind: fc.constantFrom('refused' as const, 'gone' as const), policy: policies }),
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('later' as const), seconds: fc.integer({ min: 1, max: 30 }) }),
  },
);

interface World {
  readonly cluster: RouteCluster;
  readonly rules: AccessRules;
  /** The kinds of policies that the gateway has accepted since they are there, with what they demand. */
  readonly inForce: ReadonlySet<string>;
}

/** The kinds of policies among children that ask callers for something. */
function demands(children: readonly KubernetesObject[]): readonly string[] {
  return children
    .filter(
      ({ kind, spec }) => kind === 'BackendTrafficPolicy' || (kind === 'SecurityPolicy' && 'jwt' in (spec as object)),
    )
    .map(({ kind }) => kind);
}

function changed(world: World, event: Event): World {
  const { cluster } = world;
  switch (event.kind) {
    case 'rules':
      return { ...world, rules: event.rules };
    case 'labels':
      return { ...world, cluster: { ...cluster, parent: labelled(event.labels) } };
    case 'accepted':
      return {
        ...world,
        cluster: reported(cluster, {}, event.policy),
        inForce: new Set([...world.inForce, ...demands(cluster.children).filter((kind) => kind === event.policy)]),
      };
    case 'refused':
      return { ...world, cluster: reported(cluster, { status: 'False', reason: 'Invalid' }, event.policy) };
    case 'gone':
      return {
        ...world,
        cluster: { ...cluster, children: cluster.children.filter(({ kind }) => kind !== event.policy) },
      };
    case 'later':
      return { ...world, cluster: later(cluster, event.seconds) };
  }
}

function labelled(labels: Readonly<Record<string, string>>): KubernetesObject {
  return { ...AGENT, metadata: { ...AGENT.metadata, labels } };
}

/** Syncs, and forgets the acceptance of policies that are not there any more. */
function settled({ cluster, rules, inForce }: World): World {
  const next = synced(cluster, accessSettings(rules)).cluster;
  const stay = demands(cluster.children).filter((kind) => demands(next.children).includes(kind));
  return { cluster: next, rules, inForce: new Set([...inForce].filter((kind) => stay.includes(kind))) };
}

function wanted({ cluster, rules }: World): readonly string[] {
  const access = accessOf(cluster.parent as never, rules);
  const { jwt, limit } = access.outcome === 'guarded' ? access.demand : {};
  return [...(jwt ? ['SecurityPolicy'] : []), ...(limit ? ['BackendTrafficPolicy'] : [])];
}

describe('whatever happens to rules, labels, policies and their reports', () => {
  it('an open route has every policy that its resource demands, and the gateway has accepted each', () => {
    assertReaching({ numRuns: 600, floor: 100 }, (tell) =>
      fc.property(fc.array(events, { minLength: 3, maxLength: 25 }), (happened) => {
        let world: World = settled({ cluster: newCluster(), rules: { rules: [{ jwt: JWT }] }, inForce: new Set() });
        let reached = false;
        for (const event of happened) {
          world = settled(changed(world, event));
          const open = isOpen(world.cluster) === true;
          const asked = wanted(world);
          reached ||= open && asked.length > 0;
          if (open) {
            expect(asked.filter((kind) => !world.inForce.has(kind))).toEqual([]);
            expect(accessOf(world.cluster.parent as never, world.rules).outcome).not.toBe('denied');
          }
        }
        tell(reached);
      }),
    );
  });

  it('a second sync answers the same', () => {
    fc.assert(
      fc.property(fc.array(events, { maxLength: 12 }), (happened) => {
        const start: World = { cluster: newCluster(), rules: {}, inForce: new Set() };
        const world = happened.reduce((before, event) => settled(changed(before, event)), start);
        const twice = settled(settled(world));
        expect(settled(twice).cluster).toEqual(twice.cluster);
      }),
    );
  });
});
