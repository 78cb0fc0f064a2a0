import { type TSchema, Type } from '@sinclair/typebox';
import type { KindNames } from '../../reading.ts';
import { structuralSchema } from './structural-schema.ts';

/** A column of `kubectl get`; with priority 1 only of `kubectl get -o wide`. */
interface PrinterColumn {
  readonly name: string;
  readonly type: 'string' | 'boolean' | 'integer' | 'date';
  readonly jsonPath: string;
  readonly description: string;
  readonly priority?: 1;
}

/** All that is said of a kind in its CustomResourceDefinition. */
export interface CrdDefinition {
  readonly kind: KindNames;
  readonly schema: TSchema;
  readonly columns: readonly PrinterColumn[];
  /** What `kubectl get` takes for the kind besides its names. */
  readonly shortNames?: readonly string[];
}

/** The schema of a whole resource. Of its metadata a CustomResourceDefinition says nothing: the API server knows it. */
export function customResource(description: string, parts: { readonly spec: TSchema; readonly status: TSchema }) {
  return Type.Object(
    {
      apiVersion: Type.Optional(Type.String({ description: 'Group and version of the kind.' })),
      kind: Type.Optional(Type.String({ description: 'Name of the kind.' })),
      metadata: Type.Optional(Type.Object({})),
      spec: Type.Optional(parts.spec),
      status: Type.Optional(parts.status),
    },
    { description },
  );
}

/** Name of a CustomResourceDefinition: the API server takes no other. */
export function crdName({ kind }: CrdDefinition): string {
  return `${kind.resource}.${groupAndVersion(kind)[0]}`;
}

/** The object that makes the API server serve the kind. */
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
