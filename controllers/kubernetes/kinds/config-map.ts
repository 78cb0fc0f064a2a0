import { defineReading } from '../../reading.ts';
import { type Static, Type } from '../../typebox.ts';
import { OwnedMetadata } from './metadata.ts';

/** core/v1 ConfigMapKeySelector and SecretKeySelector. */
export const KeySelector = Type.Object({
  name: Type.Optional(Type.String()),
  key: Type.String(),
  optional: Type.Optional(Type.Boolean()),
});
export type KeySelector = Static<typeof KeySelector>;

const StringMap = Type.Record(Type.String(), Type.String());

const ConfigMap = Type.Object({
  apiVersion: Type.Literal('v1'),
  kind: Type.Literal('ConfigMap'),
  metadata: OwnedMetadata,
  data: Type.Optional(StringMap),
  binaryData: Type.Optional(StringMap),
  immutable: Type.Optional(Type.Boolean()),
});
export type ConfigMap = Static<typeof ConfigMap>;

export const configMapReading = defineReading(
  { apiVersion: 'v1', kind: 'ConfigMap', resource: 'configmaps', namespaced: true },
  ConfigMap,
);

const Secret = Type.Object({
  apiVersion: Type.Literal('v1'),
  kind: Type.Literal('Secret'),
  metadata: OwnedMetadata,
  data: Type.Optional(StringMap),
});
export type Secret = Static<typeof Secret>;

export const secretReading = defineReading(
  { apiVersion: 'v1', kind: 'Secret', resource: 'secrets', namespaced: true },
  Secret,
);
