import { canonicalText } from '../../data/hash.ts';
import { isPlainObject, ownField, type PlainObject } from '../../data/plain-object.ts';
import { type MergeProblem, problem } from './merge-problem.ts';

/** What a pod may have in one place. */
export interface PodRule {
  /** The fields from the PodSpec down, with `[]` for each item of a list: `volumes[]`, `containers[].env[]`. */
  readonly path: string;
  /** Why the value there is left out. `around` has the PodSpec and each object from there down to the value. */
  readonly whyNot: (value: unknown, around: readonly PlainObject[]) => string | undefined;
  /** What is written if nothing permitted is there. */
  readonly required?: unknown;
  /** Whether it is about the fit of parts, so that generated parts are left out, too. */
  readonly isConflict?: true;
}

/**
 * A PodSpec, the PodSpec before its user's override, and what paths in problems begin with. What was there before is permitted:
 * it is within the rules already, or the platform wants it.
 */
export interface RuledPod {
  readonly podSpec: PlainObject;
  readonly generated: PlainObject;
  readonly path: string;
}

interface Checked<Value = unknown> {
  readonly value: Value;
  readonly problems: readonly MergeProblem[];
}

interface Spot {
  readonly value: unknown;
  readonly generated: unknown;
  readonly path: string;
  readonly around: readonly PlainObject[];
}

const EACH = '[]';
const CONTAINER_LISTS = ['containers', 'initContainers', 'ephemeralContainers'];

/** The same path in every container of a pod. */
export function inContainers(path: string): readonly string[] {
  return CONTAINER_LISTS.map((list) => `${list}[].${path}`);
}

/** A PodSpec without what the rules do not permit: the generated value takes its place, as if the user had not written it. */
export function withinRules({ podSpec, generated, path }: RuledPod, rules: readonly PodRule[]): Checked<PlainObject> {
  return rules.reduce<Checked<PlainObject>>(
    (before, rule) => {
      const after = checked({ value: before.value, generated, path, around: [] }, stepsOf(rule.path), rule);
      return { value: after.value as PlainObject, problems: before.problems.concat(after.problems) };
    },
    { value: podSpec, problems: [] },
  );
}

/** The steps of each rule's path. All rules are applied to each pod, and no user can add one. */
const known = new Map<string, readonly string[]>();

function stepsOf(path: string): readonly string[] {
  const steps = known.get(path);
  if (steps !== undefined) {
    return steps;
  }
  const read = readSteps(path);
  known.set(path, read);
  return read;
}

function readSteps(path: string): readonly string[] {
  return path.split('.').flatMap((step) => (step.endsWith(EACH) ? [step.slice(0, -EACH.length), EACH] : [step]));
}

function checked(spot: Spot, steps: readonly string[], rule: PodRule): Checked {
  const [step] = steps;
  if (step === undefined) {
    return checkedValue(spot, rule);
  }
  return step === EACH ? checkedItems(spot, steps, rule) : checkedField(spot, steps, rule);
}

function checkedValue({ value, generated, path, around }: Spot, { whyNot, required, isConflict }: PodRule): Checked {
  if (value === undefined) {
    return { value: required === undefined ? undefined : (generated ?? required), problems: [] };
  }
  const why = whyNot(value, around);
  if (why === undefined || (isConflict !== true && isSame(value, generated))) {
    return { value, problems: [] };
  }
  const isGeneratedRefused = isConflict === true && generated !== undefined && whyNot(generated, around) !== undefined;
  return {
    value: isGeneratedRefused ? required : (generated ?? required),
    problems: [problem({ path, field: undefined }, why)],
  };
}

function isSame(value: unknown, generated: unknown): boolean {
  return generated !== undefined && canonicalText(value) === canonicalText(generated);
}

function checkedItems(
  { value, generated, path, around }: Spot,
  [, ...rest]: readonly string[],
  rule: PodRule,
): Checked {
  if (!Array.isArray(value) || !concerns(rule, rest, value)) {
    return { value, problems: [] };
  }
  const generatedItems = byName(generated);
  const items = value.map((item, index) => {
    const name = nameOf(item);
    const key = keyOf(item);
    const own = key === undefined ? undefined : generatedItems.get(key);
    return checked({ value: item, generated: own, path: `${path}[${name ?? index}]`, around }, rest, rule);
  });
  const isSame = items.every((item, index) => item.value === value[index]);
  return {
    value: isSame ? value : items.map((item) => item.value).filter((item) => item !== undefined),
    problems: items.flatMap(({ problems }) => problems),
  };
}

/** Whether a rule has something to check in the items of a list. There are many rules, and a list can have thousands of items. */
function concerns({ required }: PodRule, [name]: readonly string[], items: readonly unknown[]): boolean {
  return required !== undefined || name === undefined || items.some((item) => isPlainObject(item) && name in item);
}

function checkedField(spot: Spot, [name = '', ...rest]: readonly string[], rule: PodRule): Checked {
  const { value = rule.required === undefined ? undefined : {}, generated, path, around } = spot;
  if (!isPlainObject(value)) {
    return { value, problems: [] };
  }
  const before = ownField(value, name);
  const own = isPlainObject(generated) ? ownField(generated, name) : undefined;
  const inner = { value: before, generated: own, path: `${path}.${name}`, around: [...around, value] };
  const after = checked(inner, rest, rule);
  return after.value === before ? { ...after, value } : { ...after, value: withField(value, name, after.value) };
}

function withField(object: PlainObject, name: string, value: unknown): PlainObject {
  const { [name]: _before, ...others } = object;
  return value === undefined ? others : { ...others, [name]: value };
}

function nameOf(item: unknown): string | undefined {
  const name = isPlainObject(item) ? ownField(item, 'name') : undefined;
  return typeof name === 'string' ? name : undefined;
}

/** The items of a list by name, or by themselves if they are texts. Of two with one name, the first counts. */
function byName(list: unknown): ReadonlyMap<unknown, unknown> {
  const items = Array.isArray(list) ? list : [];
  return new Map(items.toReversed().map((item) => [keyOf(item), item]));
}

function keyOf(item: unknown): unknown {
  return typeof item === 'string' ? item : nameOf(item);
}
