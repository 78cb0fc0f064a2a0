import { type Static, Type } from '@sinclair/typebox';
import { defineReading } from '../../reading.ts';
import { ObjectMetadata } from './metadata.ts';

const Count = Type.Optional(Type.Integer({ minimum: 0 }));

/** What is read of a Deployment to tell how far its rollout is. */
const DeploymentStatus = Type.Object({
  apiVersion: Type.Literal('apps/v1'),
  kind: Type.Literal('Deployment'),
  metadata: Type.Composite([ObjectMetadata, Type.Object({ generation: Count })]),
  spec: Type.Object({
    replicas: Count,
    template: Type.Object({
      metadata: Type.Optional(Type.Object({ annotations: Type.Optional(Type.Record(Type.String(), Type.String())) })),
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
export type DeploymentStatus = Static<typeof DeploymentStatus>;

export const deploymentStatusReading = defineReading(
  { apiVersion: 'apps/v1', kind: 'Deployment', resource: 'deployments', namespaced: true },
  DeploymentStatus,
);
