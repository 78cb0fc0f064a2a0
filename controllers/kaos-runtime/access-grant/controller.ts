import { defineController } from '../../define-controller.ts';
import { accessGrantReading } from '../../resources/kaos/access-grant.ts';
import { sharedDefinition } from '../shared-definition.ts';
import { desire, observe, reply, rows } from './not-enforced.ts';

/** Says of each AccessGrant that nothing enforces it. It makes no children. */
export const kaosRuntimeAccessGrant = defineController({
  type: sharedDefinition.type,
  onDemand: { ...sharedDefinition.onDemand, defaults: {} },
  name: 'kaos-runtime-accessgrant',
  parents: [accessGrantReading],
  children: [],
  related: [],
  columns: ['RESOURCE', 'ENFORCED', 'MESSAGE'],
  observe,
  desire,
  reply,
  rows,
});
