import { type CrdDefinition, customResource } from '../../kubernetes/crd/definition.ts';
import { rules } from '../../kubernetes/crd/rules.ts';
import { Type } from '../../typebox.ts';
import { failureMode, readScope } from './memory-crd.ts';
import { memoryStoreReading } from './memory-store.ts';
import { storage } from './memory-store-storage-crd.ts';
import { longTerm, mediumTerm, shortTerm } from './memory-store-terms-crd.ts';
import { telemetry, workloadColumns, workloadSpec, workloadStatus } from './workload-crd.ts';

function model(purpose: string) {
  return Type.Object(
    {
      modelAPI: Type.String({ description: 'Name of the ModelAPI, in the same namespace.' }),
      model: Type.String({ description: 'Name of the model. The ModelAPI must offer it.' }),
    },
    { description: `Model for ${purpose}.` },
  );
}

const models = Type.Object(
  { summarization: model('summaries and for facts'), embedding: model('embeddings') },
  { description: 'Models that the store uses.' },
);

// As KAOS fills in values that are absent or 0.
const budget = 'self.?shortTerm.?tokenBudget.orValue(4096)';
const mark = (name: string, otherwise: string) =>
  `(self.?mediumTerm.?${name}.orValue(0) == 0 ? ${otherwise} : self.mediumTerm.${name})`;
const trigger = mark('compactionTrigger', budget);
const target = mark('compactionTarget', `(${budget} > 1 ? ${budget} / 2 : 1)`);

const validations = rules(
  {
    rule: "self.storage.type != 'local' || !has(self.replicas) || self.replicas == 1",
    message: 'replicas must be 1 or unset if storage.type is local',
  },
  {
    rule: `${target} < ${trigger} && ${trigger} <= ${budget}`,
    message:
      'mediumTerm.compactionTarget must be less than compactionTrigger, and that at most shortTerm.tokenBudget; unset, the trigger is the budget (4096), and the target half of the budget',
  },
);

const { gatewayRoute, container } = workloadSpec;

const MemoryStoreSpec = Type.Object(
  {
    engine: Type.Optional(Type.Union([Type.Literal('mem0')], { default: 'mem0', description: 'Engine of the store.' })),
    storage,
    replicas: Type.Optional(
      Type.Integer({
        format: 'int32',
        minimum: 1,
        description: 'Number of pods. Defaults to 2 with external storage, and to 1 with local storage.',
      }),
    ),
    models,
    shortTerm: Type.Optional(shortTerm),
    mediumTerm: Type.Optional(mediumTerm),
    longTerm: Type.Optional(longTerm),
    requestConcurrency: Type.Optional(
      Type.Integer({ format: 'int32', minimum: 1, description: 'Maximum number of calls at a time. Defaults to 8.' }),
    ),
    defaultFailureMode: failureMode({
      default: 'soft',
      description: 'What a failure of the store does to calls of agents that do not say so themselves.',
    }),
    maxReadScope: readScope('Widest scope that agents may read. Defaults to agent.'),
    telemetry,
    gatewayRoute,
    container,
  },
  { description: 'Desired state of the store.', ...validations },
);

const phase = Type.Union([Type.Literal('Pending'), Type.Literal('Ready'), Type.Literal('Failed')], {
  description: 'Phase of the store.',
});

export const memoryStoreCrd: CrdDefinition = {
  kind: memoryStoreReading,
  schema: customResource('A service in which agents keep their memory. KAOS has the kind since 0.8.', {
    spec: MemoryStoreSpec,
    status: Type.Object(workloadStatus(phase), { description: 'State of the store.' }),
  }),
  shortNames: ['memstore', 'memstores'],
  columns: [
    { name: 'Engine', type: 'string', jsonPath: '.spec.engine', description: 'Engine of the store.' },
    { name: 'Storage', type: 'string', jsonPath: '.spec.storage.type', description: 'Type of the storage.' },
    ...workloadColumns,
  ],
};
