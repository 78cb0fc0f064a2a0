import { titleOf } from '../evaluate/object-name.ts';
import { note, type Remark } from '../evaluate/remark.ts';
import { isSelected, type Selection } from '../evaluate/selection.ts';
import type { Drawn } from './drawn.ts';
import type { Facts } from './facts.ts';
import { DRAWN_KINDS, namesIn } from './items.ts';

/** What there is to remark and is not in the picture. */
export function leftOver({ evaluation }: Facts, { items, remark }: Drawn, selection: Selection): readonly Remark[] {
  const drawn = new Set(items.map(({ names }) => titleOf(names)));
  const isDrawn = ({ level, about, of }: Remark) =>
    level === 'problem'
      ? drawn.has(about)
      : level === 'error' && of !== undefined && namesIn(of).some((names) => drawn.has(titleOf(names)));
  const remarks = evaluation.remarks.filter(
    (one) => (one.of === undefined || isSelected(selection, one.of)) && !isDrawn(one),
  );
  const isEmpty = items.length === 0 && remarks.length === 0;
  return [
    ...remarks,
    ...(remark === undefined ? [] : [note('the picture', remark)]),
    ...(isEmpty ? [note('nothing to draw', `no selected document is one of ${DRAWN_KINDS.join(', ')}`)] : []),
  ];
}
