import { defineReading } from '../../reading.ts';
import { type Static, Type } from '../../typebox.ts';
import { OwnedMetadata } from './metadata.ts';

const RouteCondition = Type.Object({
  type: Type.String(),
  status: Type.Union([Type.Literal('True'), Type.Literal('False'), Type.Literal('Unknown')]),
  reason: Type.String(),
  message: Type.Optional(Type.String()),
  observedGeneration: Type.Optional(Type.Integer()),
});
export type RouteCondition = Static<typeof RouteCondition>;

/**
 * An HTTPRoute in the cluster: its age, its host names and the conditions that its Gateways set.
 * https://gateway-api.sigs.k8s.io/reference/spec/#routestatus
 */
const ObservedHttpRoute = Type.Object({
  apiVersion: Type.Literal('gateway.networking.k8s.io/v1'),
  kind: Type.Literal('HTTPRoute'),
  metadata: OwnedMetadata,
  spec: Type.Optional(Type.Object({ hostnames: Type.Optional(Type.Array(Type.String())) })),
  status: Type.Optional(
    Type.Object({
      parents: Type.Array(
        Type.Object({
          parentRef: Type.Object({ name: Type.String(), namespace: Type.Optional(Type.String()) }),
          conditions: Type.Optional(Type.Array(RouteCondition)),
        }),
      ),
    }),
  ),
});
export type ObservedHttpRoute = Static<typeof ObservedHttpRoute>;

export const observedHttpRouteReading = defineReading(
  { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute', resource: 'httproutes', namespaced: true },
  ObservedHttpRoute,
);
