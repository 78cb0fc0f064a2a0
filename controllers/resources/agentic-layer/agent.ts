import { defineReading } from '../../reading.ts';
import { type Static, Type } from '../../typebox.ts';
import { AGENTIC_LAYER_API_VERSION } from './api-version.ts';

/** The fields of an Agent of the agent runtime that are read. */
const Agent = Type.Object({
  apiVersion: Type.Literal(AGENTIC_LAYER_API_VERSION),
  kind: Type.Literal('Agent'),
  metadata: Type.Object({
    name: Type.String({ minLength: 1 }),
    namespace: Type.String({ minLength: 1 }),
    labels: Type.Optional(Type.Record(Type.String(), Type.String())),
    creationTimestamp: Type.Optional(Type.String()),
    deletionTimestamp: Type.Optional(Type.String()),
  }),
  spec: Type.Optional(Type.Object({ exposed: Type.Optional(Type.Boolean()) })),
  status: Type.Optional(
    Type.Object({
      /** URL of the agent card. The CRD does not validate it. */
      url: Type.Optional(Type.String()),
    }),
  ),
});
export type Agent = Static<typeof Agent>;

export const agentReading = defineReading(
  { apiVersion: AGENTIC_LAYER_API_VERSION, kind: 'Agent', resource: 'agents', namespaced: true },
  Agent,
);
