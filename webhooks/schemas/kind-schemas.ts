import { crdCharts } from '../../controllers/crds.ts';
import { objectMetadata } from '../../controllers/kubernetes/crd/object-metadata.ts';
import { type StructuralSchema, structuralSchema } from '../../controllers/kubernetes/crd/structural-schema.ts';
import { type KindNames, mapKey } from '../../controllers/reading.ts';

/** The kinds of our CRDs. */
export const crdKinds: readonly KindNames[] = crdCharts.flatMap(({ definitions }) =>
  definitions.map(({ kind }) => kind),
);

const SCHEMAS: ReadonlyMap<string, StructuralSchema> = new Map(
  crdCharts
    .flatMap(({ definitions }) => definitions)
    .map(({ kind, schema }) => [mapKey(kind), withMetadata(structuralSchema(schema))]),
);

/** The schema by which the API server checks objects of a kind; undefined for a kind that is not of our CRDs. */
export function schemaOf(object: { readonly apiVersion: string; readonly kind: string }): StructuralSchema | undefined {
  return SCHEMAS.get(mapKey(object));
}

function withMetadata(schema: StructuralSchema): StructuralSchema {
  return { ...schema, required: ['metadata'], properties: { ...schema.properties, metadata: objectMetadata } };
}
