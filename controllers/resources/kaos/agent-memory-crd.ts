import { rules } from '../../kubernetes/crd/rules.ts';
import { Type } from '../../typebox.ts';
import { failureMode, readScope } from './memory-crd.ts';

/** Of KAOS 0.1.4. Later versions drop the field, but their runtime still reads its variable. */
function removed(maximum: number, description: string) {
  return Type.Optional(Type.Integer({ format: 'int32', minimum: 1, maximum, description }));
}

const clientParams = Type.Object(
  {
    tokenBudget: Type.Optional(
      Type.Integer({
        format: 'int32',
        minimum: 0,
        description: 'Maximum number of tokens of the conversation that the model gets. 0 means no limit.',
      }),
    ),
    rollingSummary: Type.Optional(
      Type.Boolean({ description: 'Whether the model gets a summary of the earlier conversation.' }),
    ),
  },
  { description: 'What the agent asks of its memory.' },
);

/** `spec.config.memory` of an Agent. */
export const memory = Type.Object(
  {
    enabled: Type.Optional(Type.Boolean({ default: true, description: 'Whether the agent remembers conversations.' })),
    type: Type.Optional(
      Type.Union([Type.Literal('local'), Type.Literal('remote')], {
        description:
          "Storage of the conversations: local is the pod's memory, remote the MemoryStore. Defaults to remote if a MemoryStore is named.",
      }),
    ),
    memoryStore: Type.Optional(Type.String({ description: 'Name of a MemoryStore in the same namespace.' })),
    maxReadScope: readScope('Widest scope that the agent may read. Defaults to that of the MemoryStore.'),
    clientParams: Type.Optional(clientParams),
    tools: Type.Optional(
      Type.Union([Type.Literal('all'), Type.Literal('read'), Type.Literal('write')], {
        description: 'Tools for its memory that the model gets. None if this is not set.',
      }),
    ),
    failureMode: failureMode({
      description:
        'What a failure of the MemoryStore does to a call: with soft the agent answers without its memory. Defaults to that of the MemoryStore.',
    }),
    contextLimit: removed(100, 'Number of messages that another agent gets with a task. A field of KAOS 0.1.4.'),
    maxSessions: removed(100_000, 'Maximum number of conversations to keep. A field of KAOS 0.1.4.'),
    maxSessionEvents: removed(10_000, 'Maximum number of events to keep per conversation. A field of KAOS 0.1.4.'),
  },
  {
    description: 'Memory of the agent.',
    ...rules(
      {
        rule: "!has(self.type) || self.type != 'remote' || (has(self.memoryStore) && self.memoryStore != '')",
        message: 'memoryStore is required if type is remote',
      },
      {
        rule: "!has(self.type) || self.type != 'local' || !has(self.memoryStore) || self.memoryStore == ''",
        message: 'memoryStore is not allowed if type is local; remove it, or set type to remote',
      },
      {
        rule: "!has(self.tools) || (has(self.memoryStore) && self.memoryStore != '')",
        message: 'tools needs a memoryStore',
      },
      {
        rule: "!has(self.maxReadScope) || self.maxReadScope == 'session' || (has(self.memoryStore) && self.memoryStore != '')",
        message: 'maxReadScope agent or user needs a memoryStore; without one, only session is possible',
      },
    ),
  },
);
