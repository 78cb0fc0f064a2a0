import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { deepFreeze } from '../../../../controllers/data/plain-object.ts';
import { mergePodSpec } from '../../../../controllers/kubernetes/pod-spec/pod-spec-merge.ts';
import { strategicallyMerged, withKubectl } from '../../../support/kubectl.ts';
import { differentCases, refusedCases } from './different-cases.ts';
import { mendedOverrides } from './mended-overrides.ts';
import type { MergeCase } from './merge-case.ts';
import { generated, inAgent } from './pod-specs.ts';
import { refusedOverrides } from './refused-overrides.ts';
import { sameCases } from './same-cases.ts';

type Fields = Readonly<Record<string, unknown>>;

const GOLDEN = path.join(import.meta.dirname, 'pod-spec-merge.golden.json');
/** What kubectl changes in each case; `vitest run -u` rewrites it if kubectl is installed. */
const changes: Readonly<Record<string, Fields>> = existsSync(GOLDEN) ? JSON.parse(readFileSync(GOLDEN, 'utf8')) : {};

const generatedOf = (each: MergeCase): Fields => deepFreeze({ ...(each.generated ?? generated) });
const merged = (each: MergeCase) => mergePodSpec(generatedOf(each), deepFreeze(each.override));

/** The fields that kubectl changed, with null for those that it removed. */
function changed(before: Fields, after: Fields): Fields {
  const names = Object.keys({ ...before, ...after }).sort();
  const isOther = (name: string) => JSON.stringify(before[name]) !== JSON.stringify(after[name]);
  return Object.fromEntries(names.filter(isOther).map((name) => [name, after[name] ?? null]));
}

function byKubectl(each: MergeCase): Fields {
  const all = { ...generatedOf(each), ...changes[each.name] };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null));
}

describe('an override of a PodSpec', () => {
  it.each(sameCases)('is merged as kubectl merges it: $name', (each) => {
    expect(changes).toHaveProperty([each.name]);
    expect(merged(each)).toEqual({ podSpec: byKubectl(each), problems: [] });
  });

  it.each(differentCases)('is merged better than kubectl merges it: $name', (each) => {
    expect(changes).toHaveProperty([each.name]);
    expect(byKubectl(each)).not.toEqual(each.merged);
    expect(merged(each).podSpec).toEqual(each.merged);
  });

  it.each([...differentCases, ...refusedCases])(
    'is merged without its invalid parts, which are reported: $name',
    (each) => {
      const { podSpec, problems } = merged(each);
      expect(problems.map(({ field, message }) => [field, message])).toEqual(each.problems ?? []);
      expect(podSpec).toEqual(each.merged);
    },
  );

  it.each(refusedOverrides)('is refused if the API server would refuse it: $name', ({ override, problems }) => {
    const reading = mergePodSpec(generated, deepFreeze(override));
    expect(reading.problems.map(({ field, message }) => [field, message])).toEqual(problems);
    expect(reading.podSpec).toEqual(generated);
    expect(mergePodSpec(reading.podSpec, override)).toEqual(reading);
  });

  it.each(mendedOverrides)('keeps what is right: $name', ({ override, kept, problems }) => {
    const reading = mergePodSpec(generated, deepFreeze(override));
    expect(reading.problems.map(({ field, message }) => [field, message])).toEqual(problems);
    expect(mergePodSpec(generated, kept)).toEqual({ podSpec: reading.podSpec, problems: [] });
    expect(mergePodSpec(reading.podSpec, override)).toEqual(reading);
  });

  it('removes a field by $patch: delete as by null, because kubectl apply drops a null of a custom resource', () => {
    const removing = (removal: unknown) => ({
      securityContext: removal,
      ...inAgent({ livenessProbe: removal, resources: removal, lifecycle: { preStop: removal } }),
    });
    const byDirective = mergePodSpec(generated, removing({ $patch: 'delete' }));
    expect(byDirective).toEqual(mergePodSpec(generated, removing(null)));
    expect(byDirective.problems).toEqual([]);
    expect(byDirective.podSpec).not.toHaveProperty('securityContext');
    expect(byDirective.podSpec['containers']).toEqual([
      expect.not.objectContaining({ livenessProbe: expect.anything() }),
    ]);
  });

  it.each([
    [{ containers: [{ name: 'agent', $patch: 'delete' }] }, 'podSpec.containers', 'must have at least one item'],
    [
      { containers: [{ name: 'agent', $patch: 'replace' }] },
      'podSpec.containers[0]',
      'has no image, and does not override a generated item',
    ],
    [inAgent({ image: { $patch: 'delete' } }), 'podSpec.containers[0].image', 'is required, so it cannot be removed'],
  ])('may not remove what a pod needs: %j', (override, field, message) => {
    expect(mergePodSpec(generated, override)).toEqual({ podSpec: generated, problems: [{ field, message }] });
  });

  it('may remove a field that Kubernetes does not have', () => {
    expect(mergePodSpec(generated, { gone: null })).toEqual({ podSpec: generated, problems: [] });
  });

  it.each([[undefined], [{}]])('that is %j changes nothing', (override) => {
    expect(mergePodSpec(generated, override)).toEqual({ podSpec: generated, problems: [] });
  });

  it.each([[null], ['x'], [[]], [1]])('that is %j is refused', (override) => {
    const problems = [{ field: 'podSpec', message: 'must be an object' }];
    expect(mergePodSpec(generated, override)).toEqual({ podSpec: generated, problems });
  });

  it('is refused with the same message whatever the order of its keys', () => {
    const [one, other] = [
      { $a: 1, $b: 2 },
      { $b: 2, $a: 1 },
    ].map((override) => mergePodSpec({}, override));
    expect(one?.problems[0]?.message).toContain('has $a;');
    expect(other).toEqual(one);
  });

  it.each([...sameCases, ...differentCases, ...refusedCases])(
    'gives the same result if it is merged twice: $name',
    (each) => {
      const once = merged(each);
      expect(mergePodSpec(once.podSpec, each.override)).toEqual(once);
    },
  );
});

withKubectl.describe('kubectl', () => {
  it('merges the cases as the golden file says', { timeout: 240_000 }, async () => {
    const lines: string[] = [];
    for (const each of [...sameCases, ...differentCases]) {
      const before = generatedOf(each);
      const [after = {}] = await strategicallyMerged([before], each.override);
      lines.push(`${JSON.stringify(each.name)}: ${JSON.stringify(changed(sortKeys(before), after as Fields))}`);
    }
    await expect(`{\n${lines.join(',\n')}\n}\n`).toMatchFileSnapshot(GOLDEN);
  });
});

/** kubectl prints keys in sorted order. */
function sortKeys(value: Fields): Fields {
  return JSON.parse(
    JSON.stringify(value, (_name, item) =>
      typeof item === 'object' && item !== null && !Array.isArray(item)
        ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
        : item,
    ),
  );
}
