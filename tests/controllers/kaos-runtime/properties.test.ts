import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SyncAnswer } from '../../../webhooks/answer.ts';
import { child, type KubernetesObject } from '../../support/gateways.ts';
import { observed, sync, syncScene } from '../../support/kaos.ts';
import { assertReaching } from '../../support/reaching.ts';
import { anything, dependencies, parent, settings, someDependencies } from './arbitraries.ts';

const RUNS = { numRuns: 500 };

describe('for any request whose envelope and parent fit the schema', () => {
  it('the service answers, the answer passes the guard, and the same request gets the same answer', () => {
    assertReaching({ ...RUNS, floor: 250 }, (tell) =>
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
          tell(hasMade(answer));
        },
      ),
    );
  });

  it('the order of its objects and keys does not change the answer', () => {
    assertReaching({ ...RUNS, floor: 280 }, (tell) =>
      fc.property(parent, dependencies, (resource, found) => {
        const answer = syncScene({ parent: resource, related: found });
        expect(syncScene({ parent: reversed(resource), related: found.toReversed().map(reversed) })).toEqual(answer);
        tell(hasMade(answer));
      }),
    );
  });

  it('the answer and its status do not change once they are observed', () => {
    assertReaching({ ...RUNS, floor: 290 }, (tell) =>
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
        tell(children.length > 0);
      }),
    );
  });

  it('no existing child is ever left out, except a Service or a ConfigMap on purpose', () => {
    assertReaching({ ...RUNS, floor: 70 }, (tell) =>
      fc.property(parent, parent, dependencies, someDependencies, (before, after, found, foundLater) => {
        const same = { ...after, kind: before.kind, spec: before.kind === after.kind ? after['spec'] : before['spec'] };
        const running = observed(sync({ parent: before, related: found }).children);
        const metadata = { ...before.metadata, deletionTimestamp: undefined };
        const later = { parent: { ...same, metadata: withoutUndefined(metadata) }, related: foundLater };
        const had = running.some(({ kind }) => kind === 'Deployment');
        expect(had && !sync({ ...later, children: running }).kinds.includes('Deployment')).toBe(false);
        // The present objects do not lead to a new one.
        tell(had && !sync(later).kinds.includes('Deployment'));
      }),
    );
  });

  it('each variable name occurs once in each container, and only the Deployment of a MemoryStore sets its replicas', () => {
    assertReaching({ ...RUNS, floor: 120 }, (tell) =>
      fc.property(parent, dependencies, (resource, found) => {
        const { pod, deployment } = sync({ parent: resource, related: found });
        for (const { env = [] } of [...(pod?.initContainers ?? []), ...(pod?.containers ?? [])]) {
          expect(new Set(env.map(({ name }: { name: string }) => name)).size).toBe(env.length);
        }
        expect('replicas' in (deployment?.spec ?? {})).toBe(
          deployment !== undefined && resource.kind === 'MemoryStore',
        );
        tell(pod !== undefined && hasOwnVariables(resource));
      }),
    );
  });
});

/** Whether the answer has a generated Deployment, not only one that is kept as observed. */
function hasMade(answer: SyncAnswer): boolean {
  const children = answer.outcome === 'answered' && 'children' in answer.response ? answer.response.children : [];
  return JSON.stringify(child(children, 'Deployment') ?? {}).includes('"containerPort"');
}

function hasOwnVariables({ spec }: KubernetesObject): boolean {
  return ((spec as { container?: { env?: readonly unknown[] } }).container?.env ?? []).length > 0;
}

/** The same object with the keys of all its maps in reverse order. */
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
