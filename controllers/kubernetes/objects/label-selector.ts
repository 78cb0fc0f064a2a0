import { ownField } from '../../data/plain-object.ts';
import { type LabelRequirement, LabelSelector } from '../../label-selector.ts';
import { Value } from '../../typebox.ts';

type Labels = Readonly<Record<string, unknown>>;

/**
 * Whether a label selector selects an object with these labels. An empty selector selects all, and a missing one none. One that is
 * not valid counts as selecting, so that nobody relies on it not to.
 * https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#resources-that-support-set-based-requirements
 */
export function selectsLabels(selector: unknown, labels: Labels): boolean {
  if (selector === undefined || selector === null) {
    return false;
  }
  return !Value.Check(LabelSelector, selector) || meetsSelector(selector, labels);
}

/** The same for a selector that is known to be valid, for many objects. */
export function meetsSelector({ matchLabels = {}, matchExpressions = [] }: LabelSelector, labels: Labels): boolean {
  return (
    Object.entries(matchLabels).every(([key, value]) => ownField(labels, key) === value) &&
    matchExpressions.every((requirement) => meets(requirement, labels))
  );
}

function meets({ key, operator, values = [] }: LabelRequirement, labels: Labels): boolean {
  const value = ownField(labels, key);
  const isListed = values.some((each) => each === value);
  switch (operator) {
    case 'In':
      return isListed;
    case 'NotIn':
      return !isListed;
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    default:
      return true;
  }
}

/** A selector as `kubectl get --selector` takes it: `tier=edge,stage in (dev,test),!internal`. */
export function selectorText({ matchLabels = {}, matchExpressions = [] }: LabelSelector): string {
  const equal = Object.entries(matchLabels).map(([key, value]) => `${key}=${value}`);
  return [...equal, ...matchExpressions.map(requirementText)].join(',');
}

function requirementText({ key, operator, values = [] }: LabelRequirement): string {
  const texts: Readonly<Record<string, string>> = {
    In: `${key} in (${values.join(',')})`,
    NotIn: `${key} notin (${values.join(',')})`,
    Exists: key,
    DoesNotExist: `!${key}`,
  };
  return ownField(texts, operator) ?? key;
}
