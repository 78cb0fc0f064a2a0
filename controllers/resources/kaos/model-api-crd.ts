import { Type } from '@sinclair/typebox';
import { type CrdDefinition, customResource } from '../../kubernetes/crd/definition.ts';
import { keyOf } from '../../kubernetes/crd/environment.ts';
import { modelApiReading } from './model-api.ts';
import { telemetry, workloadColumns, workloadSpec, workloadStatus } from './workload-crd.ts';

const apiKey = Type.Object(
  {
    value: Type.Optional(Type.String({ description: 'The key itself, for all to see who may read the ModelAPI.' })),
    valueFrom: Type.Optional(
      Type.Object(
        { secretKeyRef: keyOf('Secret', 'key'), configMapKeyRef: keyOf('ConfigMap', 'key') },
        { description: 'Where the key is, instead of `value`.' },
      ),
    ),
  },
  { description: 'The key that the proxy shows to the provider.' },
);

const configYaml = Type.Object(
  {
    fromString: Type.Optional(Type.String({ description: 'The configuration itself, in YAML.' })),
    fromSecretKeyRef: keyOf('Secret', 'configuration'),
  },
  { description: "LiteLLM's whole configuration, instead of the generated one." },
);

const proxyConfig = Type.Object(
  {
    models: Type.Array(Type.String({ description: 'A model, `*`, or a prefix with `/*` such as openai/*.' }), {
      minItems: 1,
      description: 'The models that agents may ask for.',
    }),
    provider: Type.Optional(
      Type.String({ description: "The provider, as LiteLLM calls it; it precedes the models' names." }),
    ),
    apiBase: Type.Optional(Type.String({ description: "The provider's address, where it is not the usual one." })),
    apiKey: Type.Optional(apiKey),
    configYaml: Type.Optional(configYaml),
  },
  { description: 'The proxy, for the mode Proxy.' },
);

const hostedConfig = Type.Object(
  { model: Type.String({ description: 'The model, as Ollama calls it, such as smollm2:135m.' }) },
  { description: 'The hosted model, for the mode Hosted.' },
);

const ModelApiSpec = Type.Object(
  {
    mode: Type.Union([Type.Literal('Proxy'), Type.Literal('Hosted')], {
      description: 'Proxy passes calls on to a provider with LiteLLM; Hosted runs a model in the cluster with Ollama.',
    }),
    proxyConfig: Type.Optional(proxyConfig),
    hostedConfig: Type.Optional(hostedConfig),
    telemetry,
    ...workloadSpec,
  },
  { description: 'What the model should be.' },
);

const phase = Type.Union([Type.Literal('Pending'), Type.Literal('Ready'), Type.Literal('Failed')], {
  description: 'How far the model is.',
});

export const modelApiCrd: CrdDefinition = {
  kind: modelApiReading,
  schema: customResource('Models for agents, of a provider or hosted in the cluster.', {
    spec: ModelApiSpec,
    status: Type.Object(workloadStatus(phase), { description: 'What is said of the model.' }),
  }),
  shortNames: ['api', 'apis'],
  columns: [
    { name: 'Mode', type: 'string', jsonPath: '.spec.mode', description: 'Whether it is a proxy or hosted.' },
    ...workloadColumns,
  ],
};
