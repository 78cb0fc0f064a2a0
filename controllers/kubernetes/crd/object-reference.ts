import { Type } from '@sinclair/typebox';

/** core/v1 ObjectReference: https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/object-reference/ */
export function objectReference(description: string) {
  return Type.Object(
    {
      apiVersion: Type.Optional(Type.String({ description: "Group and version of the object's kind." })),
      kind: Type.Optional(Type.String({ description: "The object's kind." })),
      namespace: Type.Optional(Type.String({ description: "The object's namespace." })),
      name: Type.Optional(Type.String({ description: "The object's name." })),
      uid: Type.Optional(Type.String({ description: "The object's UID, where only this very one is meant." })),
      resourceVersion: Type.Optional(
        Type.String({ description: 'The version of the object, where only this state of it is meant.' }),
      ),
      fieldPath: Type.Optional(
        Type.String({ description: 'The part of the object that is meant, such as spec.containers[0].' }),
      ),
    },
    { description, 'x-kubernetes-map-type': 'atomic' },
  );
}
