import { type Static, Type } from './typebox.ts';

const Requirement = Type.Object({
  key: Type.String(),
  operator: Type.String(),
  values: Type.Optional(Type.Array(Type.String())),
});

/** The fields of a metav1.LabelSelector. */
export const LabelSelector = Type.Object({
  matchLabels: Type.Optional(Type.Record(Type.String(), Type.String())),
  matchExpressions: Type.Optional(Type.Array(Requirement)),
});
export type LabelSelector = Readonly<Static<typeof LabelSelector>>;

/** A condition on one label. */
export type LabelRequirement = Readonly<Static<typeof Requirement>>;
