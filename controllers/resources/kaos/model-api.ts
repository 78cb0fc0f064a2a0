import { ObjectMetadata } from '../../kubernetes/kinds/metadata.ts';
import { defineReading } from '../../reading.ts';
import { type Static, Type } from '../../typebox.ts';
import { GatewayRoute, KAOS_API_VERSION } from './shared.ts';

/** The fields of a KAOS ModelAPI that `kaos-routes` reads. */
const ModelApi = Type.Object({
  apiVersion: Type.Literal(KAOS_API_VERSION),
  kind: Type.Literal('ModelAPI'),
  metadata: ObjectMetadata,
  spec: Type.Object({
    mode: Type.Union([Type.Literal('Proxy'), Type.Literal('Hosted')]),
    gatewayRoute: GatewayRoute,
  }),
});
export type ModelApi = Static<typeof ModelApi>;

export const modelApiReading = defineReading(
  { apiVersion: KAOS_API_VERSION, kind: 'ModelAPI', resource: 'modelapis', namespaced: true },
  ModelApi,
);
