import { defineReading } from '../../reading.ts';
import { Type } from '../../typebox.ts';
import { OwnedMetadata } from './metadata.ts';

const Service = Type.Object({
  apiVersion: Type.Literal('v1'),
  kind: Type.Literal('Service'),
  metadata: OwnedMetadata,
});

export const serviceReading = defineReading(
  { apiVersion: 'v1', kind: 'Service', resource: 'services', namespaced: true },
  Service,
);
