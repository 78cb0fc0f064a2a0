import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deepFreeze } from '../../../../controllers/data/plain-object.ts';
import { mergePodSpec } from '../../../../controllers/kubernetes/pod-spec/pod-spec-merge.ts';
import { notJson } from '../../../../webhooks/guard/not-json.ts';
import { strategicallyMerged, withKubectl } from '../../../support/kubectl.ts';
import { assertReaching, assertReachingAsync } from '../../../support/reaching.ts';

type Fields = Record<string, unknown>;

const few = (name: string) => fc.constantFrom('a', 'b', 'c', 'd').map((letter) => name + letter);
const text = fc.constantFrom('x', 'y', '');
const number = fc.integer({ min: 1, max: 3 });
const word = fc.constantFrom('x', 'y');
const amount = fc.constantFrom('1', '500m', '2Gi');
const texts = fc.array(text, { maxLength: 2 });

function some(fields: Readonly<Record<string, fc.Arbitrary<unknown>>>): fc.Arbitrary<Fields> {
  return fc.record(fields, { requiredKeys: [], noNullPrototype: true });
}

const OPTIONAL_PATH = { requiredKeys: ['port' as const], noNullPrototype: true };

function all(fields: Readonly<Record<string, fc.Arbitrary<unknown>>>): fc.Arbitrary<Fields> {
  return fc.record(fields, { noNullPrototype: true });
}

/** Items in any order with unique keys. The kind of an item depends on its key, so that no kind replaces another. */
function items(keyName: string, key: fc.Arbitrary<unknown>, more: (key: unknown) => fc.Arbitrary<Fields>) {
  const item = key.chain((value) => more(value).map((fields): Fields => ({ ...fields, [keyName]: value })));
  return fc.uniqueArray(item, { selector: (each) => each[keyName], maxLength: 4 });
}

/** PodSpecs. `part` wraps a field that an override may remove. */
function podSpec(part: (field: fc.Arbitrary<unknown>) => fc.Arbitrary<unknown>): fc.Arbitrary<Fields> {
  const map = some({ a: part(text), b: part(text), c: part(text) });
  const amounts = some({ cpu: part(amount), memory: part(amount) });
  const reference = all({ name: word, key: word });
  const variable = (name: unknown) =>
    name === 'ea' ? some({ valueFrom: all({ secretKeyRef: reference }) }) : some({ value: part(text) });
  const probe = fc.record(
    { httpGet: fc.record({ path: part(text), port: number }, OPTIONAL_PATH), periodSeconds: number },
    { requiredKeys: ['httpGet'], noNullPrototype: true },
  );
  const container = some({
    args: part(texts),
    env: items('name', few('e'), variable),
    envFrom: fc.array(all({ prefix: text, secretRef: all({ name: word }) }), { maxLength: 2 }),
    livenessProbe: part(probe),
    ports: items('containerPort', number, (port) => some({ name: fc.constant(`port-${port}`), hostPort: number })),
    resources: part(some({ limits: amounts })),
    securityContext: some({ capabilities: some({ add: texts, drop: texts }), privileged: part(fc.boolean()) }),
    volumeMounts: items('mountPath', few('/'), () =>
      fc.record({ name: word, readOnly: part(fc.boolean()) }, { requiredKeys: ['name'], noNullPrototype: true }),
    ),
  });
  const containers = items('name', few('c'), () => container.map((fields) => ({ ...fields, image: 'x' })));
  const volume = (name: unknown) =>
    some(name === 'va' ? { configMap: all({ name: word }) } : { emptyDir: some({ medium: part(text) }) });
  return some({
    containers: containers.filter((list) => list.length > 0),
    initContainers: part(containers),
    hostAliases: items(
      'ip',
      number.map((last) => `10.0.0.${last}`),
      () => some({ hostnames: fc.array(word, { maxLength: 2 }) }),
    ),
    hostname: part(text),
    imagePullSecrets: items('name', few('s'), () => fc.constant({})),
    nodeSelector: map,
    securityContext: part(some({ runAsUser: part(number), supplementalGroups: fc.array(number, { maxLength: 2 }) })),
    tolerations: part(
      fc.array(all({ key: word, value: text, operator: fc.constantFrom('Equal', '') }), { maxLength: 2 }),
    ),
    volumes: items('name', few('v'), volume),
  });
}

const generatedPodSpec = podSpec((field) => field);
const overridingPodSpec = podSpec((field) => fc.option(field, { freq: 8 }));

/** Field names with a meaning, under which users may write anything. */
const NAMES = [
  'containers',
  'env',
  'name',
  'value',
  'valueFrom',
  'image',
  'ports',
  'containerPort',
  'volumes',
  'emptyDir',
];
const anything = fc.letrec((tie) => ({
  value: fc.oneof({ depthSize: 'small' }, fc.constant(null), text, number, tie('list'), tie('object')),
  list: fc.array(tie('value'), { maxLength: 3 }),
  object: fc.dictionary(fc.constantFrom(...NAMES, '$patch', '__proto__', 'constructor'), tie('value'), {
    noNullPrototype: true,
    maxKeys: 4,
  }),
})).value;
const override = fc.oneof(overridingPodSpec, anything);

const backwards = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (_name, item) =>
      typeof item === 'object' && item !== null && !Array.isArray(item)
        ? Object.fromEntries(Object.entries(item).reverse())
        : item,
    ),
  );

/** In a new list item kubectl keeps nulls, which the API server ignores. */
const withoutNulls = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (_name, item) => (item === null ? undefined : item)));

/** Whether the result has something of both. */
function isMerged(podSpec: unknown, generated: unknown, overriding: unknown): boolean {
  return !isDeepStrictEqual(podSpec, generated) && !isDeepStrictEqual(podSpec, overriding);
}

function containersOf({ containers = [] }: Fields): number {
  return (containers as readonly unknown[]).length;
}

describe('for any generated PodSpec and any override', () => {
  it('an empty override changes nothing', () => {
    assertReaching({ floor: 40 }, (tell) =>
      fc.property(generatedPodSpec, (generated) => {
        expect(mergePodSpec(deepFreeze(generated), {})).toEqual({ podSpec: generated, problems: [] });
        tell(containersOf(generated) > 0);
      }),
    );
  });

  it('merging twice gives the same as merging once', () => {
    assertReaching({ floor: 25 }, (tell) =>
      fc.property(generatedPodSpec, override, (generated, overriding) => {
        const once = mergePodSpec(deepFreeze(generated), deepFreeze(overriding));
        expect(mergePodSpec(once.podSpec, overriding)).toEqual(once);
        tell(isMerged(once.podSpec, generated, overriding));
      }),
    );
  });

  it('the order of keys does not matter', () => {
    assertReaching({ floor: 25 }, (tell) =>
      fc.property(generatedPodSpec, override, (generated, overriding) => {
        const merged = mergePodSpec(backwards(generated) as Fields, backwards(overriding));
        expect(merged).toEqual(mergePodSpec(generated, overriding));
        tell(isMerged(merged.podSpec, generated, overriding));
      }),
    );
  });

  it('the merged PodSpec is JSON without nulls', () => {
    assertReaching({ floor: 20 }, (tell) =>
      fc.property(generatedPodSpec, override, (generated, overriding) => {
        const { podSpec } = mergePodSpec(generated, overriding);
        expect(notJson(podSpec, [])).toEqual([]);
        tell(isMerged(podSpec, generated, overriding) && JSON.stringify(overriding).includes('null'));
      }),
    );
  });

  it('the override stays unchanged if the generated PodSpec is empty', () => {
    assertReaching({ floor: 40 }, (tell) =>
      fc.property(generatedPodSpec, (overriding) => {
        expect(mergePodSpec({}, overriding)).toEqual({ podSpec: overriding, problems: [] });
        tell(containersOf(overriding) > 0);
      }),
    );
  });

  withKubectl.it('kubectl merges in the same way', { timeout: 240_000 }, async () => {
    const many = fc.array(generatedPodSpec, { minLength: 40, maxLength: 40 });
    await assertReachingAsync({ numRuns: 10, floor: 10 }, (tell) =>
      fc.asyncProperty(many, overridingPodSpec, async (all, overriding) => {
        const ours = all.map((generated) => mergePodSpec(generated, overriding));
        expect(ours.flatMap(({ problems }) => problems)).toEqual([]);
        const theirs = await strategicallyMerged(all, overriding);
        expect(ours.map(({ podSpec }) => podSpec)).toEqual(theirs.map(withoutNulls));
        tell(ours.some(({ podSpec }, index) => isMerged(podSpec, all[index], overriding)));
      }),
    );
  });
});
