import { type Static, Type } from '@sinclair/typebox';

/** What the runtime reads of the metadata of a KAOS resource. */
export const ResourceMetadata = Type.Object({
  name: Type.String({ minLength: 1 }),
  namespace: Type.String({ minLength: 1 }),
  uid: Type.Optional(Type.String()),
  generation: Type.Optional(Type.Integer()),
  deletionTimestamp: Type.Optional(Type.String()),
  finalizers: Type.Optional(Type.Array(Type.String())),
});

/** Conditions of any form: the ones that are ours keep their times. */
export const ResourceStatus = Type.Optional(
  Type.Object({ conditions: Type.Optional(Type.Array(Type.Unknown())), ready: Type.Optional(Type.Unknown()) }),
);

/** `spec.container`: what is changed of the generated container. What its variables may be, the table of PodSpecs says. */
const ContainerOverride = Type.Object({
  image: Type.Optional(Type.String()),
  command: Type.Optional(Type.Array(Type.String())),
  args: Type.Optional(Type.Array(Type.String())),
  resources: Type.Optional(Type.Object({})),
  env: Type.Optional(Type.Array(Type.Unknown())),
});
export type ContainerOverride = Static<typeof ContainerOverride>;

/** `enabled` is told from a missing one, as far as the CRD leaves it out. */
const Telemetry = Type.Object({ enabled: Type.Optional(Type.Boolean()), endpoint: Type.Optional(Type.String()) });
export type Telemetry = Static<typeof Telemetry>;
export const OptionalTelemetry = Type.Optional(Telemetry);

/** What all three kinds have in their spec. A PodSpec is taken as it is; the merge tells what of it cannot be. */
export const workloadFields = {
  container: Type.Optional(ContainerOverride),
  podSpec: Type.Optional(Type.Unknown()),
};
