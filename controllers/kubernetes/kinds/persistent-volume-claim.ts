import { defineReading } from '../../reading.ts';
import { type Static, Type } from '../../typebox.ts';
import { OwnedMetadata } from './metadata.ts';

/** The fields of a PersistentVolumeClaim that are read: its size. The whole spec is repeated in answers. */
const PersistentVolumeClaim = Type.Object({
  apiVersion: Type.Literal('v1'),
  kind: Type.Literal('PersistentVolumeClaim'),
  metadata: OwnedMetadata,
  spec: Type.Object({
    resources: Type.Optional(
      Type.Object({ requests: Type.Optional(Type.Object({ storage: Type.Optional(Type.Unknown()) })) }),
    ),
  }),
});
export type PersistentVolumeClaim = Static<typeof PersistentVolumeClaim>;

export const persistentVolumeClaimReading = defineReading(
  { apiVersion: 'v1', kind: 'PersistentVolumeClaim', resource: 'persistentvolumeclaims', namespaced: true },
  PersistentVolumeClaim,
);
