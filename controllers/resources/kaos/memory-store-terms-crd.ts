import { Type } from '../../typebox.ts';

function count(minimum: 0 | 1, description: string) {
  return Type.Optional(Type.Integer({ format: 'int32', minimum, description }));
}

const text = (description: string) => Type.Optional(Type.String({ description }));
const flag = (description: string) => Type.Optional(Type.Boolean({ description }));

/** `spec.shortTerm` of a MemoryStore. */
export const shortTerm = Type.Object(
  {
    tokenBudget: count(1, 'Maximum number of tokens of a conversation that are kept as they are. Defaults to 4096.'),
    hardEventCap: count(1, 'Maximum number of events of a conversation. Defaults to 2000.'),
  },
  { description: 'The latest part of each conversation.' },
);

/** `spec.mediumTerm` of a MemoryStore. */
export const mediumTerm = Type.Object(
  {
    enabled: flag('Whether earlier parts of a conversation are summarised. Defaults to false.'),
    compactionTrigger: count(0, 'Number of tokens from which on a conversation is summarised. 0 means the budget.'),
    compactionTarget: count(0, 'Number of tokens that are left then. 0 means half of the budget.'),
    digestRetention: count(1, 'Number of summaries to keep. Defaults to 20.'),
    systemPrompt: text('System prompt for summaries.'),
  },
  { description: 'Summaries of earlier parts of conversations.' },
);

const extraction = Type.Object(
  {
    concurrency: Type.Optional(
      Type.Integer({
        format: 'int32',
        minimum: 1,
        default: 4,
        description: 'Maximum number of extractions at a time.',
      }),
    ),
    maxRetries: count(0, 'Number of retries of an extraction. Defaults to 2.'),
    systemPrompt: text('System prompt for extractions.'),
  },
  { description: 'How facts are found in conversations.' },
);

/** `spec.longTerm` of a MemoryStore. */
export const longTerm = Type.Object(
  {
    enabled: flag('Whether facts are kept beyond a conversation. Defaults to true.'),
    defaultTopK: count(1, 'Number of facts that a search finds. Defaults to 10.'),
    scoreThreshold: Type.Optional(
      Type.Number({ minimum: 0, maximum: 1, description: 'Least score of a fact that a search finds, from 0 to 1.' }),
    ),
    rerank: flag('Whether a second model sorts the found facts. Defaults to false.'),
    extraction: Type.Optional(extraction),
  },
  { description: 'Facts that are kept beyond a conversation.' },
);
