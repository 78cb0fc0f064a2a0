import { defineReading } from '../../reading.ts';
import { type Static, Type } from '../../typebox.ts';

/** A feature is a name, or since Gateway API 1.3 an object with a name. */
const Feature = Type.Union([Type.String(), Type.Object({ name: Type.String() })]);

/** The fields of a GatewayClass that are read: https://gateway-api.sigs.k8s.io/reference/spec/#gatewayclassstatus */
const GatewayClass = Type.Object({
  apiVersion: Type.Literal('gateway.networking.k8s.io/v1'),
  kind: Type.Literal('GatewayClass'),
  metadata: Type.Object({ name: Type.String({ minLength: 1 }) }),
  status: Type.Optional(Type.Object({ supportedFeatures: Type.Optional(Type.Array(Feature)) })),
});
export type GatewayClass = Static<typeof GatewayClass>;

export const gatewayClassReading = defineReading(
  { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'GatewayClass', resource: 'gatewayclasses', namespaced: false },
  GatewayClass,
);

/** Whether a class lists a feature of Gateway API; undefined if there is no class or it lists no features at all. */
export function supports(gatewayClass: GatewayClass | undefined, feature: string): boolean | undefined {
  const listed = gatewayClass?.status?.supportedFeatures;
  return listed?.some((one) => (typeof one === 'string' ? one : one.name) === feature);
}
