import { describe, expect, it } from 'vitest';
import { modelApi, sync } from '../../support/kaos.ts';
import { proxy } from './litellm.ts';

const REPLACED = 'has no effect, because configYaml replaces the generated configuration; ';
const AT = 'spec.proxyConfig.configYaml.fromString.';
const MODEL = 'model_list: [{model_name: a, litellm_params: {model: openai/a}}]\n';
const telemetry = { enabled: true, endpoint: 'http://otel:4317' };
const inSecret = { fromSecretKeyRef: { name: 's', key: 'k' } };

/** What the condition Accepted says, and whether the ModelAPI runs. */
function accepted(parent: Parameters<typeof sync>[0]['parent']) {
  const { conditions, kinds } = sync({ parent });
  const { reason, message } = conditions['Accepted'] ?? {};
  return { reason, message, runs: kinds.includes('Deployment') };
}

const own = (fromString: string, more: object = {}, spec: object = {}) =>
  proxy({ models: ['*'], configYaml: { fromString }, ...more }, spec);

describe('a setting without effect beside a configYaml', () => {
  it.each([
    [
      'telemetry',
      own(MODEL, {}, { telemetry }),
      'TelemetryNotSupported',
      'spec.telemetry: is enabled, but LiteLLM sends nothing, because configYaml replaces the generated configuration; add litellm_settings: {success_callback: ["otel"], failure_callback: ["otel"]} to it',
    ],
    [
      'telemetry with other callbacks',
      own(`${MODEL}litellm_settings: {success_callback: [langfuse]}`, {}, { telemetry }),
      'TelemetryNotSupported',
      'spec.telemetry: is enabled, but LiteLLM sends nothing',
    ],
    [
      'provider',
      own(MODEL, { provider: 'nebius' }),
      'NoEffect',
      `spec.proxyConfig.provider: ${REPLACED}write it before the model in litellm_params.model, such as nebius/llama`,
    ],
    [
      'provider beside a configuration in a Secret',
      proxy(
        { provider: 'nebius', configYaml: inSecret },
        { container: { env: [{ name: 'LITELLM_MASTER_KEY', value: 'sk-x' }] } },
      ),
      'NoEffect',
      `spec.proxyConfig.provider: ${REPLACED}`,
    ],
    [
      'apiBase',
      own(MODEL, { apiBase: 'http://x' }),
      'NoEffect',
      `spec.proxyConfig.apiBase: ${REPLACED}add api_base: os.environ/PROXY_API_BASE to litellm_params`,
    ],
    [
      'apiKey',
      own(MODEL, { apiKey: { value: 'k' } }),
      'NoEffect',
      `spec.proxyConfig.apiKey: ${REPLACED}add api_key: os.environ/PROXY_API_KEY to litellm_params`,
    ],
  ])('is told: %s', (_what, parent, reason, message) => {
    expect(accepted(parent)).toEqual({ reason, message: expect.stringContaining(message), runs: true });
  });

  it.each([
    ['telemetry that the configuration sends', own(`${MODEL}litellm_settings: {callbacks: [otel]}`, {}, { telemetry })],
    [
      'telemetry of failures alone',
      own(`${MODEL}litellm_settings: {failure_callback: [langfuse_otel]}`, {}, { telemetry }),
    ],
    ['telemetry that is off', own(MODEL, {}, { telemetry: { ...telemetry, enabled: false } })],
    ['telemetry with the generated configuration', proxy({}, { telemetry })],
    [
      'variables that the configuration uses',
      own(
        'model_list: [{model_name: a, litellm_params: {model: openai/a, api_base: os.environ/PROXY_API_BASE, api_key: os.environ/PROXY_API_KEY}}]',
        { apiBase: 'http://x', apiKey: { value: 'k' } },
      ),
    ],
    ['provider with the generated configuration', proxy({ provider: 'nebius' })],
    ['Ollama without a configuration', modelApi({ mode: 'Hosted', hostedConfig: { model: 'm' } })],
  ])('is not told of %s', (_what, parent) => {
    expect(accepted(parent)).toMatchObject({ reason: 'Accepted', runs: true });
  });
});

describe('a misspelt setting in a configYaml', () => {
  it.each([
    ['modelList: []', 'modelList: LiteLLM does not know this setting; expected model_list'],
    ['litelm_settings: {}', 'litelm_settings: LiteLLM does not know this setting; expected litellm_settings'],
    [`${MODEL}general-settings: {}`, 'general-settings: LiteLLM does not know this setting; expected general_settings'],
    [
      `${MODEL}enviroment_variables: {}`,
      'enviroment_variables: LiteLLM does not know this setting; expected environment_variables',
    ],
    [
      'model_list: [{model_name: a, litellm_params: {model: openai/a}, modelInfo: {}}]',
      'model_list[0].modelInfo: LiteLLM does not know this setting; expected model_info',
    ],
    [
      'model_list: [{model_name: a, litellm_params: {model: openai/a, apikey: x}}]',
      'model_list[0].litellm_params.apikey: LiteLLM does not know this setting; expected api_key',
    ],
    [
      'model_list: [{model_name: a, litellm_params: {model: openai/a, api_bse: x}}]',
      'model_list[0].litellm_params.api_bse: LiteLLM does not know this setting; expected api_base',
    ],
    [
      `${MODEL}litellm_settings: {success_callback: otel}`,
      'litellm_settings.success_callback: is text; expected a list of names such as ["otel"]',
    ],
  ])('is told with the nearest name: %j', (fromString, message) => {
    expect(accepted(own(fromString))).toEqual({ reason: 'NoEffect', message: `${AT}${message}`, runs: true });
  });

  it.each([
    `${MODEL}x-defaults: &a {}`,
    `${MODEL}my_own_section: {}`,
    'model_list: [{model_name: a, litellm_params: {model: openai/a, mode: x, rpd: 1, k: 1, vertex_ai_project: p}}]',
    'model_list: [{model_name: a, litellm_params: {model: openai/a, api_base: x, apibase: y}, access_groups: [b]}]',
  ])('is not told of names that are near to none: %j', (fromString) => {
    expect(accepted(own(fromString)).reason).toBe('Accepted');
  });

  it('is told without its value, which can be a secret', () => {
    const { message = '' } = accepted(
      own('model_list: [{model_name: a, litellm_params: {model: openai/a, api_kye: sk-secret}}]'),
    );
    expect(message).toContain('api_kye');
    expect(message).not.toContain('sk-secret');
  });
});
