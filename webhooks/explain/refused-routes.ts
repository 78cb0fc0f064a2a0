import { type Context, saidBy } from './context.ts';
import type { Address, Obstacle } from './explanation.ts';

/** The reasons for which Gateway API lets a Gateway refuse a route: https://gateway-api.sigs.k8s.io/reference/spec/#routeconditionreason */
const REMEDIES: Readonly<Record<string, string>> = {
  NotAllowedByListeners: 'let a listener of the Gateway allow routes of the namespace, by its allowedRoutes',
  NoMatchingListenerHostname: 'use host names that a listener of the Gateway has',
  NoMatchingParent: 'name a listener that the Gateway has, by GATEWAY_SECTION_NAME, or none',
  UnsupportedValue: 'use a Gateway that supports what the route asks for',
};

/** One for each Gateway that refuses the route, in its own words. */
export function refusedRoutes(addresses: readonly Address[], context: Context): readonly Obstacle[] {
  const refused = addresses.filter(({ state }) => state === 'refused');
  const byWhy = new Map(refused.map(({ gateway, why = '' }) => [`${gateway} does not send its calls: ${why}`, why]));
  return [...byWhy].map(([why, said]) => {
    const [reason = ''] = said.split(':');
    const remedy = REMEDIES[reason];
    return { reason, why, toChange: remedy && saidBy(remedy, context) };
  });
}
