import type { OnDemand } from '../contract.ts';

/** Off in clusters, where the KAOS operator may be; offline a resource without a status counts as ready. */
export const onDemand: OnDemand = { flag: 'kaos-runtime', defaults: { status: { ready: true } } };
