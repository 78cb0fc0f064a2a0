import type { OnDemand } from '../contract.ts';
import { reply } from './reply.ts';
import { columns, rows } from './rows.ts';

/** Off in clusters, where the KAOS operator may be. Offline a resource without a status counts as ready. */
const onDemand: OnDemand = { flag: 'kaos-runtime', defaults: { status: { ready: true } } };

/** What the controllers of the three kinds have in common. */
export const sharedDefinition = { type: 'composite', onDemand, reply, columns, rows } as const;
