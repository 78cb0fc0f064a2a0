import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type KubernetesObject, observed, PROGRESSING, parts, sync } from '../../support/gateways.ts';
import { idOf } from '../../support/hostile-agents.ts';
import { assertReaching } from '../../support/reaching.ts';
import {
  contested,
  entriesOf,
  hostile,
  isExposed,
  owners,
  shortPathNamespaces,
  victims,
  withoutHostile,
} from '../../support/tenants.ts';

type Agents = readonly KubernetesObject[];
type Answer = ReturnType<typeof sync>;

const settingsOf = (namespaces: string) => ({ AGENT_GATEWAY_SHORT_PATH_NAMESPACES: namespaces });
/** Whether the gateway serves a hostile agent beside a victim: nothing else can do harm. */
const servesBoth = (answer: Answer, own: Agents, others: Agents) =>
  [own, others].every((agents) => agents.some((each) => owners(answer).has(idOf(each))));

/** What the present and the previous rollout of a gateway can be. */
const statuses = fc.constantFrom<object>(
  {},
  { conditions: PROGRESSING },
  { observedGeneration: 0 },
  { updatedReplicas: 0, unavailableReplicas: 1 },
);
const later = (seconds: number) => new Date(Date.parse('2026-06-01T00:00:00Z') + seconds * 1000).toISOString();

describe('hostile agents beside those of others', { timeout: 120_000 }, () => {
  it('change nothing for them in a new gateway, except the short paths of their own names', () => {
    assertReaching({ numRuns: 1000, floor: 530 }, (tell) =>
      fc.property(victims, hostile, shortPathNamespaces, (own, others, namespaces) => {
        const settings = settingsOf(namespaces);
        const [alone, together] = [own, [...others, ...own]].map((related) => sync({ related, settings }));
        expect(withoutHostile(together as Answer, others, namespaces)).toEqual(
          withoutHostile(alone as Answer, others, namespaces),
        );
        expectOwnPaths(together as Answer, { own, others, namespaces });
        tell(servesBoth(together as Answer, own, others));
      }),
    );
  });

  it('change nothing for them while only they change, in any state of the rollout', () => {
    const scene = { before: victims, own: victims, others: hostile, status: statuses, namespaces: shortPathNamespaces };
    assertReaching({ numRuns: 700, floor: 315 }, (tell) =>
      fc.property(fc.record(scene), ({ before, own, others, status, namespaces }) => {
        const settings = settingsOf(namespaces);
        const answerTo = (more: Agents) => {
          const { attachments } = sync({ related: [...before, ...more], settings });
          return sync({ related: [...own, ...more], settings, children: observed(attachments, status), now: later(9) });
        };
        const [alone, together] = [answerTo([]), answerTo(others)];
        // A gateway that lost all of its agents at once keeps them for a while. With other agents, it has not.
        const isEmptied = owners(sync({ related: own })).size === 0;
        if (!isEmptied) {
          expect(withoutHostile(together, others, namespaces)).toEqual(withoutHostile(alone, others, namespaces));
          expect(together.resyncAfterSeconds).toBe(alone.resyncAfterSeconds);
        }
        tell(!isEmptied && servesBoth(together, own, others));
      }),
    );
  });

  it('that change too can only delay them: they are served as before or as now, and in the end as now', () => {
    const scene = { before: victims, own: victims, was: hostile, others: hostile, status: statuses };
    assertReaching({ numRuns: 400, floor: 190 }, (tell) =>
      fc.property(fc.record(scene), ({ before, own, was, others, status }) => {
        const related = [...own, ...others];
        let answer = sync({ related: [...before, ...was] });
        const ids = [...new Set([...before, ...own].map(idOf))];
        const [past, present] = [entriesOf(sync({ related: before }), ids), entriesOf(sync({ related: own }), ids)];
        for (const [step, state] of [status, {}, {}, {}].entries()) {
          answer = sync({ related, children: observed(answer.attachments, state), now: later(9 + 60 * step) });
          const entries = entriesOf(answer, ids);
          for (const [index, entry] of entries.entries()) {
            expect([past[index], present[index]]).toContain(entry);
          }
        }
        expect(entriesOf(answer, ids)).toEqual(present);
        expect(answer.resyncAfterSeconds).toBeUndefined();
        tell(servesBoth(answer, own, others));
      }),
    );
  });

  it('that fill the configuration leave them their share', () => {
    const flood = fc.record({ count: fc.integer({ min: 1, max: 60 }), path: fc.integer({ min: 0, max: 900 }) });
    assertReaching({ numRuns: 200, floor: 105 }, (tell) =>
      fc.property(victims, fc.array(flood, { minLength: 1, maxLength: 4 }), hostile, (own, floods, others) => {
        const settings = {
          AGENT_GATEWAY_CONFIG_LIMIT_KIB: '64',
          AGENT_GATEWAY_SETTINGS_LIMIT_KIB: '0',
          ...settingsOf(''),
        };
        const more = floods.flatMap(({ count, path: length }, namespace) => flooding(namespace, count, length));
        const alone = sync({ related: own, settings });
        const together = sync({ related: [...more, ...others, ...own], settings });
        // With twelve namespaces or fewer, each has 5 KiB, which is more than all agents of the victims take.
        expect(withoutHostile(together, [...others, ...more], '')).toEqual(withoutHostile(alone, others, ''));
        expect(Buffer.byteLength(together.krakendJson)).toBeLessThanOrEqual(64 * 1024);
        tell(together.conditions['ResolvedRefs']?.message.includes('the configuration is full') ?? false);
      }),
    );
  });
});

interface Tenants {
  readonly own: Agents;
  readonly others: Agents;
  readonly namespaces: string;
}

/** Nobody gets more than their own paths, nobody a short path whose name others have, and no two endpoints are the same. */
function expectOwnPaths(answer: Answer, { own, others, namespaces }: Tenants): void {
  const names = new Set(own.filter(isExposed).map(({ metadata }) => metadata.name));
  const shared = [...contested(others, namespaces)].filter((name) => names.has(name));
  expect(shared.filter((name) => owners(answer).has(name))).toEqual([]);
  const allowed = new Set([...own, ...others].filter(isExposed).flatMap((each) => [idOf(each), each.metadata.name]));
  expect([...owners(answer)].filter((owner) => !allowed.has(owner))).toEqual([]);
  const { endpoints } = parts(answer.krakendJson).config as { endpoints: { method: string; endpoint: string }[] };
  const keys = endpoints.map(({ method, endpoint }) => `${method} ${path.posix.normalize(endpoint)}`);
  expect(new Set(keys).size).toBe(keys.length);
}

/** Agents of a namespace with long addresses. */
function flooding(namespace: number, count: number, length: number): Agents {
  const base = { apiVersion: 'runtime.agentic-layer.ai/v1alpha1', kind: 'Agent', spec: { exposed: true } };
  return Array.from({ length: count }, (_, index) => ({
    ...base,
    metadata: { name: `n${index}`, namespace: `flood-${namespace}` },
    status: { url: `http://h/${'x'.repeat(length)}` },
  }));
}
