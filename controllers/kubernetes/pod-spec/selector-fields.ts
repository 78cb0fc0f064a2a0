import { isPlainObject } from '../../data/plain-object.ts';
import { isLabelValue, isObjectName, isQualifiedName } from '../values/names.ts';
import { type Field, keptText, map, object, type Rule, text, texts, wholeList } from './field.ts';
import { listedWith, notValid, whyNoItems } from './value-rules.ts';

export function whyNoLabelKey(key: string): string | undefined {
  return isQualifiedName(key) ? undefined : notValid(key, 'a label key such as disk or example.com/disk');
}

export function whyNoLabelValue(value: string): string | undefined {
  return isLabelValue(value)
    ? undefined
    : notValid(value, "at most 63 letters, digits, '-', '_' or '.', with a letter or digit at both ends");
}

/** A map of labels. */
export const labels: Field = map(keptText(whyNoLabelValue), whyNoLabelKey);

/** What an operator of a selector expects of its values; the key is the operator. */
type Operators = Readonly<Record<string, 'some' | 'none' | 'one'>>;

const LABEL_OPERATORS: Operators = { In: 'some', NotIn: 'some', Exists: 'none', DoesNotExist: 'none' };
const NODE_OPERATORS: Operators = { ...LABEL_OPERATORS, Gt: 'one', Lt: 'one' };
const NODE_FIELD_OPERATORS: Operators = { In: 'one', NotIn: 'one' };
const EXPECTED = { some: 'at least one value', none: 'no values', one: 'one value' } as const;

function requirements(operators: Operators, key: Rule<string>, value: Rule<string>): Field {
  const requirement = object(
    { key: text(key), operator: text(operatorRule(operators)), values: wholeList(keptText(value)) },
    { required: ['key', 'operator'], whyRefused: (requirement) => whyWrongValues(requirement, operators) },
  );
  return wholeList(requirement);
}

function operatorRule(operators: Operators): Rule<string> {
  const names = Object.keys(operators);
  return (operator) => (names.includes(operator) ? undefined : notValid(operator, listedWith('or', names)));
}

function whyWrongValues(requirement: unknown, operators: Operators): string | undefined {
  const { operator, values } = isPlainObject(requirement) ? requirement : {};
  const count = Array.isArray(values) ? values.length : 0;
  const expected = operators[String(operator)] ?? 'some';
  const isRight = { some: count > 0, none: count === 0, one: count === 1 }[expected];
  return isRight ? undefined : `has ${count} values for the operator ${operator}; expected ${EXPECTED[expected]}`;
}

/** meta/v1 LabelSelector. */
export const labelSelector = object({
  matchExpressions: requirements(LABEL_OPERATORS, whyNoLabelKey, whyNoLabelValue),
  matchLabels: labels,
});

const nodeName: Rule<string> = (name) => (isObjectName(name) ? undefined : notValid(name, 'the name of a node'));
const nodeField: Rule<string> = (name) => (name === 'metadata.name' ? undefined : notValid(name, 'metadata.name'));

/** core/v1 NodeSelectorTerm. */
export const nodeSelectorTerm = object({
  matchExpressions: requirements(NODE_OPERATORS, whyNoLabelKey, whyNoLabelValue),
  matchFields: requirements(NODE_FIELD_OPERATORS, nodeField, nodeName),
});

/** core/v1 NodeSelector. */
export const nodeSelector = object(
  { nodeSelectorTerms: wholeList(nodeSelectorTerm, whyNoItems) },
  { required: ['nodeSelectorTerms'] },
);

/** Lists of label keys beside a selector. */
export const labelKeys: Field = { ...texts, item: keptText(whyNoLabelKey) };
