import { oneLine } from '../../controllers/data/quote.ts';
import { nameOf } from '../render/cluster-object.ts';
import type { Remark } from '../render/remark.ts';

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

/** Compares problems by object and text: the place in a file changes with every line before it. */
export function problemChanges(before: readonly Remark[], after: readonly Remark[]): ProblemChanges {
  const [old, now] = [byKey(before), byKey(after)];
  const only = (side: typeof old, other: typeof old) =>
    [...side].flatMap(([key, each]) => (other.has(key) ? [] : [each]));
  return { appeared: only(now, old), gone: only(old, now) };
}

function byKey(remarks: readonly Remark[]): ReadonlyMap<string, ProblemText> {
  const problems = remarks.map(({ level, about, text, of }) => {
    const object = of === undefined ? '' : nameOf(of);
    const key = level === 'problem' ? about : object;
    return [`${level} ${key} ${text}`, { level, text: oneLine(`${about}: ${text}`) }] as const;
  });
  return new Map(problems.toSorted(([, one], [, other]) => LEVELS.indexOf(one.level) - LEVELS.indexOf(other.level)));
}

const LEVELS: readonly Remark['level'][] = ['error', 'problem', 'note'];
