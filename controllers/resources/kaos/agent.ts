import { ObjectMetadata } from '../../kubernetes/kinds/metadata.ts';
import { defineReading } from '../../reading.ts';
import { type Static, Type } from '../../typebox.ts';
import { GatewayRoute, KAOS_API_VERSION } from './shared.ts';

/** The fields of a KAOS Agent that `kaos-routes` reads. */
const Agent = Type.Object({
  apiVersion: Type.Literal(KAOS_API_VERSION),
  kind: Type.Literal('Agent'),
  metadata: ObjectMetadata,
  spec: Type.Optional(
    Type.Object({
      agentNetwork: Type.Optional(Type.Object({ expose: Type.Optional(Type.Boolean()) })),
      gatewayRoute: GatewayRoute,
    }),
  ),
});
export type Agent = Static<typeof Agent>;

export const agentReading = defineReading(
  { apiVersion: KAOS_API_VERSION, kind: 'Agent', resource: 'agents', namespaced: true },
  Agent,
);
