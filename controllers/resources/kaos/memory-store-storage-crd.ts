import { requiredKeyOf } from '../../kubernetes/crd/environment.ts';
import { rules } from '../../kubernetes/crd/rules.ts';
import { Type } from '../../typebox.ts';

function provider<Name extends string>(name: Name) {
  return Type.Optional(Type.Union([Type.Literal(name)], { default: name, description: 'Database for the memories.' }));
}

const collection = Type.Optional(Type.String({ description: 'Name of the collection in the database.' }));

const local = Type.Object(
  {
    provider: provider('chroma'),
    collection,
    persistentVolume: Type.Optional(
      Type.Object(
        { size: Type.Optional(Type.String({ default: '5Gi', description: 'Size of the volume, such as 5Gi.' })) },
        { description: 'Volume of the database.' },
      ),
    ),
  },
  { description: 'Storage in the pod, on a persistent volume.' },
);

const external = Type.Object(
  {
    provider: provider('pgvector'),
    collection,
    connectionSecretRef: requiredKeyOf('Secret', 'connection string'),
    embeddingDims: Type.Optional(
      Type.Integer({ format: 'int32', minimum: 1, default: 1536, description: 'Dimensions of the embeddings.' }),
    ),
  },
  { description: 'Storage in a database outside of the pod.' },
);

/** `spec.storage` of a MemoryStore. */
export const storage = Type.Object(
  {
    type: Type.Union([Type.Literal('local'), Type.Literal('external')], {
      description: 'Where the memories are: local is a volume of the pod, external another database.',
    }),
    local: Type.Optional(local),
    external: Type.Optional(external),
  },
  {
    description: 'Storage of the memories.',
    ...rules({
      rule: "self.type != 'external' || has(self.external)",
      message: 'external is required if type is external',
    }),
  },
);
