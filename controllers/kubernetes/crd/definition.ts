import type { KindNames } from '../../reading.ts';
import { type TSchema, Type } from '../../typebox.ts';
import { structuralSchema } from './structural-schema.ts';

/** A column of `kubectl get`. With priority 1, only `kubectl get -o wide` shows it. */
interface PrinterColumn {
  readonly name: string;
  readonly type: 'string' | 'boolean' | 'integer' | 'date';
  readonly jsonPath: string;
  readonly description: string;
  readonly priority?: 1;
}

/** The contents of a kind's CustomResourceDefinition. */
export interface CrdDefinition {
  readonly kind: KindNames;
  readonly schema: TSchema;
  readonly columns: readonly PrinterColumn[];
  /** More names that `kubectl get` accepts for the kind. */
  readonly shortNames?: readonly string[];
}

/** The schema of a whole resource. It leaves metadata open, because the API server checks metadata itself. */
export function customResource(description: string, parts: { readonly spec: TSchema; readonly status: TSchema }) {
  return Type.Object(
    {
      apiVersion: Type.Optional(Type.String({ description: 'API group and version of the kind.' })),
      kind: Type.Optional(Type.String({ description: 'Name of the kind.' })),
      metadata: Type.Optional(Type.Object({})),
      spec: Type.Optional(parts.spec),
      status: Type.Optional(parts.status),
    },
    { description },
  );
}

/** The name of a CustomResourceDefinition. The API server accepts no other name. */
export function crdName({ kind }: CrdDefinition): string {
  return `${kind.resource}.${groupAndVersion(kind)[0]}`;
}

/** The CustomResourceDefinition, with which the API server serves the kind. */
export function crdManifest(definition: CrdDefinition): object {
  const { kind, schema, columns, shortNames } = definition;
  const [group, version] = groupAndVersion(kind);
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: crdName(definition) },
    spec: {
      group,
      names: {
        kind: kind.kind,
        listKind: `${kind.kind}List`,
        plural: kind.resource,
        singular: kind.kind.toLowerCase(),
        ...(shortNames && { shortNames }),
      },
      scope: kind.namespaced ? 'Namespaced' : 'Cluster',
      versions: [
        {
          name: version,
          served: true,
          storage: true,
          subresources: { status: {} },
          additionalPrinterColumns: columns,
          schema: { openAPIV3Schema: structuralSchema(schema) },
        },
      ],
    },
  };
}

function groupAndVersion({ apiVersion }: KindNames): readonly [group: string, version: string] {
  const [group = '', version = ''] = apiVersion.split('/');
  return [group, version];
}
