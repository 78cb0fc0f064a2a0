import { defineReading } from '../../reading.ts';
import { type Static, Type } from '../../typebox.ts';
import { KAOS_API_VERSION } from './shared.ts';
import { ResourceMetadata, ResourceStatus } from './spec-fields.ts';

/** The fields of an AccessGrant that are read. Its spec can be any, because nothing follows from it. */
const AccessGrant = Type.Object({
  apiVersion: Type.Literal(KAOS_API_VERSION),
  kind: Type.Literal('AccessGrant'),
  metadata: ResourceMetadata,
  status: ResourceStatus,
});
export type AccessGrant = Static<typeof AccessGrant>;

export const accessGrantReading = defineReading(
  { apiVersion: KAOS_API_VERSION, kind: 'AccessGrant', resource: 'accessgrants', namespaced: true },
  AccessGrant,
);
