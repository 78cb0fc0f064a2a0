import { defineController } from '../define-controller.ts';
import { GATEWAY_ADDRESS_CONTROLLER } from '../gateway-api/published-gateway.ts';
import { configMapReading } from '../kubernetes/kinds/config-map.ts';
import { gatewayReading } from '../kubernetes/kinds/gateway.ts';
import { attachedTo, desire } from './desired.ts';
import { observe } from './observed.ts';
import { related } from './related.ts';
import { columns, reply, rows } from './reply.ts';

/** Writes the addresses of the Gateway of KAOS resources into a ConfigMap, which the KAOS runtime reads. */
export const gatewayAddress = defineController({
  name: GATEWAY_ADDRESS_CONTROLLER,
  type: 'decorator',
  parents: [gatewayReading],
  children: [configMapReading],
  related: [configMapReading],
  customize: related,
  observe,
  desire,
  reply,
  columns,
  rows,
  onDemand: {
    flag: 'kaos-runtime',
    defaults: {},
    variables: { KAOS_RUNTIME_ENABLED: 'true' },
    readByOthers: attachedTo,
  },
});
