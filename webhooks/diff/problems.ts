import { oneLine } from '../../controllers/data/quote.ts';
import { nameOf } from '../evaluate/cluster-object.ts';
import type { Evaluation } from '../evaluate/evaluate.ts';
import { placed } from '../evaluate/placed-remark.ts';
import type { Remark } from '../evaluate/remark.ts';

/** What a remark says: a wrong document, what a resource asks for and does not get, or input that was passed over. */
export interface ProblemText {
  readonly level: Remark['level'];
  readonly text: string;
}

/** The problems of one side alone. */
export interface ProblemChanges {
  readonly appeared: readonly ProblemText[];
  readonly gone: readonly ProblemText[];
}

type Remarked = Pick<Evaluation, 'remarks' | 'texts'>;

/** Compares problems by object and text: the place in a file changes with every line before it. */
export function problemChanges(before: Remarked, after: Remarked): ProblemChanges {
  return { appeared: onlyIn(after, before), gone: onlyIn(before, after) };
}

/** The problems of one side that the other does not have, errors first. */
function onlyIn({ remarks, texts }: Remarked, other: Remarked): readonly ProblemText[] {
  const known = new Set(other.remarks.map(keyOf));
  const own = new Map(remarks.map((remark) => [keyOf(remark), remark] as const));
  return [...own]
    .flatMap(([key, remark]) => (known.has(key) ? [] : [remark]))
    .map(placed(texts))
    .map(({ level, about, text }) => ({ level, text: oneLine(`${about}: ${text}`) }))
    .toSorted((one, another) => LEVELS.indexOf(one.level) - LEVELS.indexOf(another.level));
}

function keyOf({ level, about, text, of }: Remark): string {
  const object = of === undefined ? '' : nameOf(of);
  return `${level} ${level === 'problem' ? about : object} ${text}`;
}

const LEVELS: readonly Remark['level'][] = ['error', 'problem', 'note'];
