import type { StructuralSchema } from './structural-schema.ts';

const text: StructuralSchema = { type: 'string' };
const texts: StructuralSchema = { type: 'object', additionalProperties: text };
const count: StructuralSchema = { type: 'integer' };

const ownerReference: StructuralSchema = {
  type: 'object',
  required: ['apiVersion', 'kind', 'name', 'uid'],
  properties: {
    apiVersion: text,
    kind: text,
    name: text,
    uid: text,
    controller: { type: 'boolean' },
    blockOwnerDeletion: { type: 'boolean' },
  },
};

/**
 * The metadata of an object. A CRD does not describe it, because the API server knows it.
 * https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/object-meta/
 */
export const objectMetadata: StructuralSchema = {
  type: 'object',
  required: ['name'],
  properties: {
    name: { type: 'string', minLength: 1, example: 'my-name', description: 'Name of the object.' },
    namespace: text,
    labels: { ...texts, example: { team: 'a' } },
    annotations: { ...texts, example: { note: 'a' } },
    finalizers: { type: 'array', items: text },
    ownerReferences: { type: 'array', items: ownerReference },
    creationTimestamp: text,
    deletionGracePeriodSeconds: count,
    deletionTimestamp: text,
    generateName: text,
    generation: count,
    managedFields: { type: 'array', items: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
    resourceVersion: text,
    selfLink: text,
    uid: text,
  },
};
