import { defineReading } from '../../reading.ts';
import { type Static, Type } from '../../typebox.ts';
import { OwnedMetadata } from './metadata.ts';

const Listener = Type.Object({
  name: Type.String(),
  port: Type.Integer(),
  protocol: Type.String(),
  hostname: Type.Optional(Type.String()),
});

const Address = Type.Object({ type: Type.Optional(Type.String()), value: Type.String() });

/** The ways into a Gateway: its listeners and addresses. https://gateway-api.sigs.k8s.io/reference/spec/#gateway */
export const GatewayEntry = Type.Object({
  spec: Type.Object({ listeners: Type.Array(Listener) }),
  status: Type.Optional(Type.Object({ addresses: Type.Optional(Type.Array(Address)) })),
});
export type GatewayEntry = Static<typeof GatewayEntry>;

const Gateway = Type.Composite([
  Type.Object({
    apiVersion: Type.Literal('gateway.networking.k8s.io/v1'),
    kind: Type.Literal('Gateway'),
    metadata: OwnedMetadata,
  }),
  GatewayEntry,
]);
export type Gateway = Static<typeof Gateway>;

export const gatewayReading = defineReading(
  { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'Gateway', resource: 'gateways', namespaced: true },
  Gateway,
);
