import { Type } from '../../typebox.ts';

/** core/v1 ObjectReference: https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/object-reference/ */
export function objectReference(description: string) {
  return Type.Object(
    {
      apiVersion: Type.Optional(Type.String({ description: "API group and version of the object's kind." })),
      kind: Type.Optional(Type.String({ description: 'Kind of the object.' })),
      namespace: Type.Optional(Type.String({ description: 'Namespace of the object.' })),
      name: Type.Optional(Type.String({ example: 'my-name', description: 'Name of the object.' })),
      uid: Type.Optional(Type.String({ description: 'UID of the object, to refer to this instance only.' })),
      resourceVersion: Type.Optional(
        Type.String({ description: 'Resource version of the object, to refer to this state only.' }),
      ),
      fieldPath: Type.Optional(
        Type.String({ description: 'Path of the part that is referred to, such as spec.containers[0].' }),
      ),
    },
    { description, 'x-kubernetes-map-type': 'atomic' },
  );
}
