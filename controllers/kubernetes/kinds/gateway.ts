import { defineReading } from '../../reading.ts';
import { type Static, Type } from '../../typebox.ts';
import { ObjectMetadata } from './metadata.ts';

/** The fields of a Gateway that are read: listeners and addresses. https://gateway-api.sigs.k8s.io/reference/spec/#gateway */
const Gateway = Type.Object({
  apiVersion: Type.Literal('gateway.networking.k8s.io/v1'),
  kind: Type.Literal('Gateway'),
  metadata: ObjectMetadata,
  spec: Type.Object({
    listeners: Type.Array(
      Type.Object({
        name: Type.String(),
        port: Type.Integer(),
        protocol: Type.String(),
        hostname: Type.Optional(Type.String()),
      }),
    ),
  }),
  status: Type.Optional(
    Type.Object({
      addresses: Type.Optional(Type.Array(Type.Object({ type: Type.Optional(Type.String()), value: Type.String() }))),
    }),
  ),
});
export type Gateway = Static<typeof Gateway>;

export const gatewayReading = defineReading(
  { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'Gateway', resource: 'gateways', namespaced: true },
  Gateway,
);
