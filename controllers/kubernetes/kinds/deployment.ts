import { defineReading } from '../../reading.ts';
import { type Static, Type } from '../../typebox.ts';
import { OwnedMetadata } from './metadata.ts';

const Count = Type.Optional(Type.Integer({ minimum: 0 }));

/** The fields of a Deployment that are read: its strategy, the annotations, the account and the volumes of its pod template, and its rollout. */
const Deployment = Type.Object({
  apiVersion: Type.Literal('apps/v1'),
  kind: Type.Literal('Deployment'),
  metadata: OwnedMetadata,
  spec: Type.Object({
    replicas: Count,
    strategy: Type.Optional(Type.Object({ type: Type.Optional(Type.String()) })),
    template: Type.Object({
      metadata: Type.Optional(Type.Object({ annotations: Type.Optional(Type.Record(Type.String(), Type.String())) })),
      spec: Type.Optional(
        Type.Object({
          serviceAccountName: Type.Optional(Type.String()),
          volumes: Type.Optional(Type.Array(Type.Unknown())),
        }),
      ),
    }),
  }),
  status: Type.Optional(
    Type.Object({
      observedGeneration: Count,
      replicas: Count,
      readyReplicas: Count,
      availableReplicas: Count,
      updatedReplicas: Count,
      conditions: Type.Optional(Type.Array(Type.Unknown())),
    }),
  ),
});
export type Deployment = Static<typeof Deployment>;

export const deploymentReading = defineReading(
  { apiVersion: 'apps/v1', kind: 'Deployment', resource: 'deployments', namespaced: true },
  Deployment,
);
