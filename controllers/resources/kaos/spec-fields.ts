import { whyTooLarge } from '../../data/size.ts';
import { type Static, Type } from '../../typebox.ts';

/** The metadata fields of a KAOS resource that the KAOS runtime reads. */
export const ResourceMetadata = Type.Object({
  name: Type.String({ minLength: 1 }),
  namespace: Type.String({ minLength: 1 }),
  labels: Type.Optional(Type.Record(Type.String(), Type.String())),
  uid: Type.Optional(Type.String()),
  generation: Type.Optional(Type.Integer()),
  deletionTimestamp: Type.Optional(Type.String()),
  finalizers: Type.Optional(Type.Array(Type.String())),
  annotations: Type.Optional(Type.Record(Type.String(), Type.String())),
});

/** The status fields that the KAOS runtime reads. Conditions can have any form, because other writers may set some. */
export const ResourceStatus = Type.Optional(
  Type.Object({ conditions: Type.Optional(Type.Array(Type.Unknown())), ready: Type.Optional(Type.Unknown()) }),
);

/** `spec.container`: changes to the generated container. `env` is checked later, with the table of PodSpec fields. */
const ContainerOverride = Type.Object({
  image: Type.Optional(Type.String()),
  command: Type.Optional(Type.Array(Type.String())),
  args: Type.Optional(Type.Array(Type.String())),
  resources: Type.Optional(Type.Object({})),
  env: Type.Optional(Type.Array(Type.Unknown())),
});
export type ContainerOverride = Static<typeof ContainerOverride>;

/** Telemetry settings. A missing `enabled` keeps the default telemetry; `false` turns it off. */
const Telemetry = Type.Object({ enabled: Type.Optional(Type.Boolean()), endpoint: Type.Optional(Type.String()) });
export type Telemetry = Static<typeof Telemetry>;
export const OptionalTelemetry = Type.Optional(Telemetry);

/** The spec fields of every KAOS kind. `podSpec` accepts any value here, because the merge checks it. */
export const workloadFields = {
  container: Type.Optional(ContainerOverride),
  podSpec: Type.Optional(Type.Unknown()),
};

/** A spec, unless it is too large: then the resource is held, and nothing of the spec is read. */
export function usableSpec<Spec>(spec: Spec | undefined): Spec | undefined {
  return whyTooLarge(spec) === undefined ? spec : undefined;
}
