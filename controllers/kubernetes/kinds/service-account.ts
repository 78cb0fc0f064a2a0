import { defineReading } from '../../reading.ts';
import { Type } from '../../typebox.ts';
import { OwnedMetadata } from './metadata.ts';

const ServiceAccount = Type.Object({
  apiVersion: Type.Literal('v1'),
  kind: Type.Literal('ServiceAccount'),
  metadata: OwnedMetadata,
});

export const serviceAccountReading = defineReading(
  { apiVersion: 'v1', kind: 'ServiceAccount', resource: 'serviceaccounts', namespaced: true },
  ServiceAccount,
);
