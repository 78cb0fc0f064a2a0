import { defineReading } from '../../reading.ts';
import { type Static, Type } from '../../typebox.ts';
import { OwnedMetadata } from './metadata.ts';

const PodDisruptionBudget = Type.Object({
  apiVersion: Type.Literal('policy/v1'),
  kind: Type.Literal('PodDisruptionBudget'),
  metadata: OwnedMetadata,
  spec: Type.Optional(Type.Object({ selector: Type.Optional(Type.Unknown()) })),
});
export type PodDisruptionBudget = Static<typeof PodDisruptionBudget>;

export const podDisruptionBudgetReading = defineReading(
  { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', resource: 'poddisruptionbudgets', namespaced: true },
  PodDisruptionBudget,
);
