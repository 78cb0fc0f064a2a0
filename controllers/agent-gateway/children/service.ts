import type { DesiredObject } from '../../contract.ts';
import { KRAKEND_PORT } from '../krakend/krakend-config.ts';
import { type GatewayChild, withoutEmptyAnnotations } from './gateway-child.ts';

/** The port of a gateway's Service. */
export const SERVICE_PORT = 80;

interface DesiredService extends DesiredObject {
  readonly spec: object;
}

/** The Service of a gateway: port 80 to KrakenD's. */
export function service({ name, namespace, metadata }: GatewayChild): DesiredService {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace, ...withoutEmptyAnnotations(metadata.common) },
    spec: {
      type: 'ClusterIP',
      selector: { app: name },
      ports: [{ name: 'http', port: SERVICE_PORT, targetPort: KRAKEND_PORT, protocol: 'TCP' }],
    },
  };
}
