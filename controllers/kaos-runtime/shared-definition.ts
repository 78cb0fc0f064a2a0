import type { OnDemand } from '../contract.ts';
import { reply } from './reply.ts';
import { columns, rows } from './rows.ts';

/** Off by default: the KAOS operator may run in the cluster. Offline a resource without a status counts as ready. */
const onDemand: OnDemand = {
  flag: 'kaos-runtime',
  defaults: { status: { ready: true } },
  variables: { KAOS_RUNTIME_ENABLED: 'true' },
};

/** What the controllers of all kinds have in common. */
export const sharedDefinition = { type: 'composite', onDemand, reply, columns, rows } as const;
