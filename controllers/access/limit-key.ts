import { ownField } from '../data/plain-object.ts';
import type { Demand, Limit } from './access-rules.ts';

/** By what the calls of a limit are told apart. */
export type LimitKey =
  | { readonly by: 'all' }
  | { readonly by: 'address' }
  | { readonly by: 'header'; readonly name: string };

/** The key of a limit. A claim is counted by its header, which the gateway writes after it has checked the token. */
export function limitKey({ by }: Limit, { jwt }: Demand): LimitKey {
  const [kind, name = ''] = by.split(':');
  switch (kind) {
    case 'address':
      return { by: 'address' };
    case 'header':
      return { by: 'header', name };
    case 'claim':
      // A list without the header of the claim is refused at the start.
      return { by: 'header', name: ownField(jwt?.claimHeaders ?? {}, name) ?? '' };
    default:
      return { by: 'all' };
  }
}
