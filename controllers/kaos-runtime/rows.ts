import { codeUnitOrder } from '../data/order.ts';
import type { Observed } from './observed.ts';
import type { Desired } from './settle.ts';

export const columns = ['RESOURCE', 'PHASE', 'CHILDREN', 'ENDPOINT', 'MESSAGE'] as const;

/** One row: the phase, children and endpoint of a resource and, if it is held, why. */
export function rows({ about }: Observed, { plan, children, status }: Desired): readonly (readonly string[])[] {
  const names = children.map(({ kind, metadata }) => `${kind}/${metadata.name}`).sort(codeUnitOrder);
  return [
    [
      about,
      status.phase,
      names.join(', ') || 'none',
      status.endpoint ?? '',
      plan.outcome === 'hold' ? status.message : '',
    ],
  ];
}
