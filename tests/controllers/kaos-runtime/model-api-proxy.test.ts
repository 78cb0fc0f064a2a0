import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { modelApi, sync } from '../../support/kaos.ts';
import { assertReaching } from '../../support/reaching.ts';
import { config, proxy } from './litellm.ts';

/** Characters that YAML parsers refuse or read as a line break. */
const UNPRINTABLE = /[\u007f-\u009f\u2028\u2029\ufeff]/;
const name = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('a\u0085b', '\u2028', '\ufeffa', '\u007f'));

describe('a ModelAPI in mode Proxy', () => {
  it('runs LiteLLM with its configuration mounted', () => {
    const { kinds, configMap, container, pod } = sync({ parent: modelApi() });
    expect(kinds).toEqual(['ConfigMap', 'Deployment', 'Service']);
    expect(configMap.metadata).toEqual({
      name: 'litellm-config-llm',
      namespace: 'team',
      labels: { app: 'modelapi', modelapi: 'llm' },
    });
    expect(container).toMatchObject({
      name: 'model-api',
      image: 'example/litellm:1',
      args: ['--config', '/etc/litellm/config.yaml', '--port', '8000'],
      volumeMounts: [{ name: 'litellm-config', mountPath: '/etc/litellm' }],
      livenessProbe: {
        httpGet: { path: '/health/liveliness', port: 8000 },
        initialDelaySeconds: 30,
        periodSeconds: 10,
        timeoutSeconds: 5,
        failureThreshold: 3,
      },
      readinessProbe: { initialDelaySeconds: 15, periodSeconds: 5 },
    });
    expect(pod.volumes).toEqual([{ name: 'litellm-config', configMap: { name: 'litellm-config-llm' } }]);
  });

  it('has the same configuration as with KAOS', () => {
    const text = config(
      proxy(
        { models: ['*', 'a'], provider: 'nebius', apiBase: 'http://x', apiKey: { value: 'k' } },
        { telemetry: { enabled: true } },
      ),
    );
    expect(text).toContain('- model_name: "*"\n');
    expect(text).toContain('      model: "nebius/*"\n');
    expect(text).toContain('      api_base: "os.environ/PROXY_API_BASE"\n');
    expect(parse(text)).toEqual({
      model_list: ['*', 'a'].map((model) => ({
        model_name: model,
        litellm_params: {
          model: `nebius/${model}`,
          api_base: 'os.environ/PROXY_API_BASE',
          api_key: 'os.environ/PROXY_API_KEY',
        },
      })),
      litellm_settings: { drop_params: true, success_callback: ['otel'], failure_callback: ['otel'] },
    });
  });

  it('D7: has a configuration in which a model name is only a name, whatever characters it has', () => {
    assertReaching({ numRuns: 300, floor: 230 }, (tell) =>
      fc.property(fc.array(name, { minLength: 1 }), fc.string(), (models, provider) => {
        const text = config(proxy({ models, provider }));
        expect(parse(text)).toEqual({
          model_list: models.map((model) => ({
            model_name: model,
            litellm_params: { model: provider ? `${provider}/${model}` : model },
          })),
          litellm_settings: { drop_params: true },
        });
        expect(text).not.toMatch(UNPRINTABLE);
        tell(UNPRINTABLE.test(models.join('')));
      }),
    );
  });

  it.each([
    [{ value: 'k', valueFrom: { secretKeyRef: { name: 's', key: 'x' } } }, { value: 'k' }],
    [
      { valueFrom: { secretKeyRef: { name: 's', key: 'x' }, configMapKeyRef: { name: 'c', key: 'x' } } },
      { valueFrom: { secretKeyRef: { name: 's', key: 'x' } } },
    ],
    [
      { valueFrom: { configMapKeyRef: { name: 'c', key: 'x' } } },
      { valueFrom: { configMapKeyRef: { name: 'c', key: 'x' } } },
    ],
    [
      { valueFrom: { secretKeyRef: { name: '', key: 'x' }, configMapKeyRef: { name: 'c', key: 'x' } } },
      { valueFrom: { configMapKeyRef: { name: 'c', key: 'x' } } },
    ],
  ])('KAOS 0.8, row 17: refers to the API key in %j, also in a ConfigMap as KAOS 0.1.4 does', (apiKey, expected) => {
    const { container, configMap } = sync({ parent: proxy({ apiKey }) });
    expect(container.env[0]).toEqual({ name: 'PROXY_API_KEY', ...expected });
    expect(configMap.data['config.yaml']).toContain('api_key: "os.environ/PROXY_API_KEY"');
  });

  it.each([{}, { value: '' }, { valueFrom: {} }, { valueFrom: { secretKeyRef: { name: '', key: 'x' } } }])(
    'D28: refers to no API key if it is %j',
    (apiKey) => {
      const { names, configMap } = sync({ parent: proxy({ apiKey }) });
      expect(names).not.toContain('PROXY_API_KEY');
      expect(configMap.data['config.yaml']).not.toContain('api_key');
    },
  );

  it.each([
    [{ secretKeyRef: { name: 's', key: '' } }, '.secretKeyRef.key: "" is not a valid key of a ConfigMap or Secret'],
    [
      { secretKeyRef: { name: 's', key: 'a/b' } },
      '.secretKeyRef.key: "a/b" is not a valid key of a ConfigMap or Secret',
    ],
    [{ configMapKeyRef: { name: 'C_', key: 'k' } }, '.configMapKeyRef.name: "C_" is not a valid object name'],
    [{ secretKeyRef: { name: '', key: 'k' } }, '.secretKeyRef.name: "" is not a valid object name'],
  ])('leaves out the API key in %j, which Kubernetes would refuse, and reports it', (valueFrom, message) => {
    const { names, configMap, conditions, kinds } = sync({ parent: proxy({ apiKey: { valueFrom } }) });
    expect(kinds).toContain('Deployment');
    expect(names).not.toContain('PROXY_API_KEY');
    expect(configMap.data['config.yaml']).not.toContain('api_key');
    expect(conditions['Accepted']).toMatchObject({
      reason: 'InvalidApiKey',
      message: `spec.proxyConfig.apiKey.valueFrom${message}`,
    });
  });

  it('D6: rolls out new pods only if its configuration changes', () => {
    const hashes = [{}, { models: ['b'] }, { provider: 'p' }, { configYaml: { fromString: 'model_list: []' } }].map(
      (change) => JSON.stringify(sync({ parent: proxy(change) }).deployment.spec.template.metadata.annotations),
    );
    expect(new Set(hashes).size).toBe(4);
    const labelled = proxy({});
    expect(sync({ parent: { ...labelled, status: { ready: true } } }).deployment).toEqual(
      sync({ parent: labelled }).deployment,
    );
  });

  it('D27: is not started without proxyConfig', () => {
    const parent = modelApi({ proxyConfig: undefined });
    expect(sync({ parent: { ...parent, spec: { mode: 'Proxy' } } })).toMatchObject({
      kinds: [],
      status: {
        phase: 'Failed',
        message: 'spec.proxyConfig is not set, but spec.mode is Proxy; set spec.proxyConfig.models',
      },
    });
  });

  it.each([
    ['INFO', 'INFO'],
    ['TRACE', 'DEBUG'],
    ['trace', 'DEBUG'],
    ['warn', 'warn'],
    // LiteLLM would exit at once, as with any word that is not a log level of Python.
    ['verbose', undefined],
  ])('logs at the level %s as %s', (level, expected) => {
    expect(sync({ parent: modelApi(), settings: { DEFAULT_LOG_LEVEL: level } }).env['LITELLM_LOG']).toBe(expected);
  });

  it.each<[string, readonly object[], string | undefined]>([
    ['without a master key, because KAOS agents call it without one', [], 'true'],
    ['with the master key that its user sets', [{ name: 'LITELLM_MASTER_KEY', value: 'sk-1' }], undefined],
    [
      'with the permission that its user sets',
      [{ name: 'LITELLM_DANGEROUSLY_PERMIT_WEAK_OR_UNSET_MASTER_KEY', value: 'false' }],
      'false',
    ],
  ])('starts %s', (_how, env, permitted) => {
    const started = sync({ parent: modelApi({ container: { env } }) });
    expect(started.env['LITELLM_DANGEROUSLY_PERMIT_WEAK_OR_UNSET_MASTER_KEY']).toBe(permitted);
  });
});
