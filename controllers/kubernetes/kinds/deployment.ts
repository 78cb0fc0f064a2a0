import { type Static, Type } from '@sinclair/typebox';
import { defineReading } from '../../reading.ts';
import { OwnedMetadata } from './metadata.ts';

/** What is read of an observed Deployment: its pod template, and how far its rollout is. */
const Deployment = Type.Object({
  apiVersion: Type.Literal('apps/v1'),
  kind: Type.Literal('Deployment'),
  metadata: OwnedMetadata,
  spec: Type.Object({
    template: Type.Object({
      metadata: Type.Optional(Type.Object({ annotations: Type.Optional(Type.Record(Type.String(), Type.String())) })),
    }),
  }),
  status: Type.Optional(
    Type.Object({
      observedGeneration: Type.Optional(Type.Integer()),
      conditions: Type.Optional(
        Type.Array(
          Type.Object({
            type: Type.String(),
            status: Type.String(),
            reason: Type.Optional(Type.Unknown()),
            lastUpdateTime: Type.Optional(Type.Unknown()),
          }),
        ),
      ),
    }),
  ),
});
export type Deployment = Static<typeof Deployment>;

export const deploymentReading = defineReading(
  { apiVersion: 'apps/v1', kind: 'Deployment', resource: 'deployments', namespaced: true },
  Deployment,
);
