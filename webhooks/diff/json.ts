import { isSame, type Shown } from './difference.ts';

/** The difference for programs. */
export function differenceJson({ difference, hasLines }: Shown): string {
  const objects = difference.objects.map(({ diff, ...object }) => (hasLines ? { ...object, diff } : object));
  return `${JSON.stringify({ same: isSame(difference), ...difference, objects }, null, 2)}\n`;
}
