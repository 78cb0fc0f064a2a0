import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../support/gateways.ts';
import { observed, sync, syncScene } from '../../support/kaos.ts';
import { anything, dependencies, parent, settings } from './arbitraries.ts';

const RUNS = { numRuns: 500 };

describe('whatever is in a call whose envelope and parent fit', () => {
  it('it is answered, the answer passes the guard, and the same again is the same', () => {
    fc.assert(
      fc.property(
        parent,
        dependencies,
        fc.array(anything, { maxLength: 4 }),
        settings,
        (resource, found, objects, variables) => {
          const isChild = ({ apiVersion }: KubernetesObject) => ['v1', 'apps/v1'].includes(apiVersion);
          const scene = {
            parent: resource,
            related: [...found, ...objects],
            children: objects.filter(isChild),
            settings: variables,
          };
          const answer = syncScene(scene);
          expect(answer.outcome).toBe('answered');
          expect(syncScene(scene)).toEqual(answer);
        },
      ),
      RUNS,
    );
  });

  it('the order of what it holds never matters', () => {
    fc.assert(
      fc.property(parent, dependencies, (resource, found) => {
        expect(syncScene({ parent: reversed(resource), related: found.toReversed().map(reversed) })).toEqual(
          syncScene({ parent: resource, related: found }),
        );
      }),
      RUNS,
    );
  });

  it('an answer that is observed is answered again, and so is its status', () => {
    fc.assert(
      fc.property(parent, dependencies, (resource, found) => {
        const first = sync({ parent: resource, related: found });
        const children = observed(first.children);
        const second = sync({ parent: { ...resource, status: first.status }, related: found, children });
        expect(sorted(second.children)).toEqual(sorted(first.children));
        const third = sync({
          parent: { ...resource, status: second.status },
          related: found,
          children,
          now: '2027-01-01T00:00:00Z',
        });
        expect(third.status).toEqual(second.status);
      }),
      RUNS,
    );
  });

  it('no child is ever left out once there is one, but a Service or a ConfigMap on purpose', () => {
    fc.assert(
      fc.property(parent, parent, dependencies, dependencies, (before, after, found, foundLater) => {
        const same = { ...after, kind: before.kind, spec: before.kind === after.kind ? after['spec'] : before['spec'] };
        const running = observed(sync({ parent: before, related: found }).children);
        const metadata = { ...before.metadata, deletionTimestamp: undefined };
        const { kinds } = sync({
          parent: { ...same, metadata: withoutUndefined(metadata) },
          related: foundLater,
          children: running,
        });
        const had = running.map(({ kind }) => kind);
        expect(had.includes('Deployment') && !kinds.includes('Deployment')).toBe(false);
      }),
      RUNS,
    );
  });

  it('the names of variables are there once in each container, and no Deployment says how many pods there are', () => {
    fc.assert(
      fc.property(parent, dependencies, (resource, found) => {
        const { pod, deployment } = sync({ parent: resource, related: found });
        for (const { env = [] } of [...(pod?.initContainers ?? []), ...(pod?.containers ?? [])]) {
          expect(new Set(env.map(({ name }: { name: string }) => name)).size).toBe(env.length);
        }
        expect(deployment?.spec ?? {}).not.toHaveProperty('replicas');
      }),
      RUNS,
    );
  });
});

/** The same object with the keys of all its maps the other way round. */
function reversed<Value>(value: Value): Value {
  if (Array.isArray(value)) {
    return value.map(reversed) as Value;
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const entries = Object.entries(value).map(([key, item]) => [key, reversed(item)]);
  return Object.fromEntries(entries.toReversed());
}

function withoutUndefined<Value extends object>(value: Value): Value {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as Value;
}

function sorted(children: readonly KubernetesObject[]): readonly KubernetesObject[] {
  return [...children].sort((a, b) => (a.kind < b.kind ? -1 : 1));
}
