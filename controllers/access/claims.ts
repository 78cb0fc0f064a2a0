import { codeUnitOrder } from '../data/order.ts';
import type { Jwt } from './access-rules.ts';

/** The claims of a token that become headers, each as claim and header, sorted by claim. */
export function headersOfClaims({ claimHeaders = {} }: Jwt): [claim: string, header: string][] {
  return Object.entries(claimHeaders).sort(([one], [other]) => codeUnitOrder(one, other));
}
