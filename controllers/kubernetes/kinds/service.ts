import { Type } from '@sinclair/typebox';
import { defineKind } from '../../kind.ts';
import { OwnedMetadata } from './metadata.ts';

const Service = Type.Object({
  apiVersion: Type.Literal('v1'),
  kind: Type.Literal('Service'),
  metadata: OwnedMetadata,
});

export const serviceKind = defineKind(
  { apiVersion: 'v1', kind: 'Service', resource: 'services', namespaced: true },
  Service,
);
