import { type CrdDefinition, customResource } from '../../kubernetes/crd/definition.ts';
import { keyOf } from '../../kubernetes/crd/environment.ts';
import { Type } from '../../typebox.ts';
import { modelApiReading } from './model-api.ts';
import { telemetry, workloadColumns, workloadSpec, workloadStatus } from './workload-crd.ts';

const apiKey = Type.Object(
  {
    value: Type.Optional(
      Type.String({ description: 'The key in plain text. Everyone who can read the ModelAPI can read the key.' }),
    ),
    valueFrom: Type.Optional(
      Type.Object(
        { secretKeyRef: keyOf('Secret', 'key'), configMapKeyRef: keyOf('ConfigMap', 'key') },
        { description: 'Source of the key, instead of `value`.' },
      ),
    ),
  },
  { description: 'API key with which the proxy calls the provider.' },
);

const configYaml = Type.Object(
  {
    fromString: Type.Optional(Type.String({ description: 'The configuration, in YAML.' })),
    fromSecretKeyRef: keyOf('Secret', 'configuration'),
  },
  { description: 'Complete configuration of LiteLLM, instead of the generated one.' },
);

const proxyConfig = Type.Object(
  {
    models: Type.Array(
      Type.String({
        example: 'openai/*',
        description: 'Name of a model, `*`, or a prefix with `/*`, such as openai/*.',
      }),
      {
        minItems: 1,
        description: 'Models that agents may use.',
      },
    ),
    provider: Type.Optional(
      Type.String({
        example: 'openai',
        description: 'Provider, by its name in LiteLLM. It becomes the prefix of the model names.',
      }),
    ),
    apiBase: Type.Optional(
      Type.String({
        example: 'https://api.example.com/v1',
        description: "Base URL of the provider. Defaults to the provider's usual URL.",
      }),
    ),
    apiKey: Type.Optional(apiKey),
    configYaml: Type.Optional(configYaml),
  },
  { description: 'Configuration of the mode Proxy.' },
);

const hostedConfig = Type.Object(
  {
    model: Type.String({ example: 'smollm2:135m', description: 'Model, by its name in Ollama, such as smollm2:135m.' }),
  },
  { description: 'Configuration of the mode Hosted.' },
);

const ModelApiSpec = Type.Object(
  {
    mode: Type.Union([Type.Literal('Proxy'), Type.Literal('Hosted')], {
      description: 'Proxy forwards calls to a provider with LiteLLM. Hosted runs a model in the cluster with Ollama.',
    }),
    proxyConfig: Type.Optional(proxyConfig),
    hostedConfig: Type.Optional(hostedConfig),
    telemetry,
    ...workloadSpec,
  },
  { description: 'Desired state of the ModelAPI.' },
);

const phase = Type.Union([Type.Literal('Pending'), Type.Literal('Ready'), Type.Literal('Failed')], {
  description: 'Phase of the ModelAPI.',
});

export const modelApiCrd: CrdDefinition = {
  kind: modelApiReading,
  schema: customResource('Models for agents, from a provider or hosted in the cluster.', {
    spec: ModelApiSpec,
    status: Type.Object(workloadStatus(phase), { description: 'State of the ModelAPI.' }),
  }),
  shortNames: ['api', 'apis'],
  columns: [
    { name: 'Mode', type: 'string', jsonPath: '.spec.mode', description: 'Proxy or Hosted.' },
    ...workloadColumns,
  ],
};
