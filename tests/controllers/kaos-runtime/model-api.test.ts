import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type KubernetesObject, objectMap } from '../../support/gateways.ts';
import { modelApi, observed, ready, related, sync } from '../../support/kaos.ts';

const proxy = (proxyConfig: object, more: object = {}) =>
  modelApi({ proxyConfig: { models: ['openai/*'], ...proxyConfig }, ...more });

function config(parent: KubernetesObject, settings = {}): string {
  return sync({ parent, settings }).configMap.data['config.yaml'];
}

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

  it('has a configuration that reads as it does with KAOS', () => {
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

  it('D7: has a configuration in which a name is nothing but a name, whatever is in it', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1 }), fc.string(), (models, provider) => {
        const text = config(proxy({ models, provider }));
        expect(parse(text)).toEqual({
          model_list: models.map((model) => ({
            model_name: model,
            litellm_params: { model: provider ? `${provider}/${model}` : model },
          })),
          litellm_settings: { drop_params: true },
        });
        // What YAML's readers refuse, or take for the end of a line.
        expect(text).not.toMatch(/[\u007f-\u009f\u2028\u2029\ufeff]/);
      }),
      { numRuns: 300 },
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
  ])('with the key %j', (apiKey, expected) => {
    const { container, configMap } = sync({ parent: proxy({ apiKey }) });
    expect(container.env[0]).toEqual({ name: 'PROXY_API_KEY', ...expected });
    expect(configMap.data['config.yaml']).toContain('api_key: "os.environ/PROXY_API_KEY"');
  });

  it.each([{}, { value: '' }, { valueFrom: {} }, { valueFrom: { secretKeyRef: { name: '', key: 'x' } } }])(
    'D28: with the key %j, which is none, refers to none',
    (apiKey) => {
      const { names, configMap } = sync({ parent: proxy({ apiKey }) });
      expect(names).not.toContain('PROXY_API_KEY');
      expect(configMap.data['config.yaml']).not.toContain('api_key');
    },
  );

  it.each([
    [{ secretKeyRef: { name: 's', key: '' } }, '.secretKeyRef.key: "" is no key of a ConfigMap or Secret'],
    [{ secretKeyRef: { name: 's', key: 'a/b' } }, '.secretKeyRef.key: "a/b" is no key of a ConfigMap or Secret'],
    [{ configMapKeyRef: { name: 'C_', key: 'k' } }, '.configMapKeyRef.name: "C_" is no name of an object'],
    [{ secretKeyRef: { name: '', key: 'k' } }, '.secretKeyRef.name: "" is no name of an object'],
  ])('tells of the key %j, which Kubernetes would refuse, and goes without', (valueFrom, message) => {
    const { names, configMap, conditions, kinds } = sync({ parent: proxy({ apiKey: { valueFrom } }) });
    expect(kinds).toContain('Deployment');
    expect(names).not.toContain('PROXY_API_KEY');
    expect(configMap.data['config.yaml']).not.toContain('api_key');
    expect(conditions['Accepted']).toMatchObject({
      reason: 'InvalidApiKey',
      message: `spec.proxyConfig.apiKey.valueFrom${message}`,
    });
  });

  it('D6: rolls its pods when its configuration changes, and only then', () => {
    const hashes = [{}, { models: ['b'] }, { provider: 'p' }, { configYaml: { fromString: 'model_list: []' } }].map(
      (change) => JSON.stringify(sync({ parent: proxy(change) }).deployment.spec.template.metadata.annotations),
    );
    expect(new Set(hashes).size).toBe(4);
    const labelled = proxy({});
    expect(sync({ parent: { ...labelled, status: { ready: true } } }).deployment).toEqual(
      sync({ parent: labelled }).deployment,
    );
  });

  it('D27: without proxyConfig is not started', () => {
    const parent = modelApi({ proxyConfig: undefined });
    expect(sync({ parent: { ...parent, spec: { mode: 'Proxy' } } })).toMatchObject({
      kinds: [],
      status: { phase: 'Failed', message: 'mode Proxy needs spec.proxyConfig' },
    });
  });

  it.each([
    ['INFO', 'INFO'],
    ['TRACE', 'DEBUG'],
    ['trace', 'DEBUG'],
    ['warn', 'warn'],
    // LiteLLM would end at once, as at any word that is no level of Python's.
    ['verbose', undefined],
  ])('logs at %s as %s', (level, expected) => {
    expect(sync({ parent: modelApi(), settings: { DEFAULT_LOG_LEVEL: level } }).env['LITELLM_LOG']).toBe(expected);
  });

  it.each<[string, readonly object[], string | undefined]>([
    ['without a key of its own, as KAOS’s agents call it', [], 'true'],
    ['not without the key that its user gives', [{ name: 'LITELLM_MASTER_KEY', value: 'sk-1' }], undefined],
    ['as its user says', [{ name: 'LITELLM_DANGEROUSLY_PERMIT_WEAK_OR_UNSET_MASTER_KEY', value: 'false' }], 'false'],
  ])('starts %s', (_how, env, permitted) => {
    const started = sync({ parent: modelApi({ container: { env } }) });
    expect(started.env['LITELLM_DANGEROUSLY_PERMIT_WEAK_OR_UNSET_MASTER_KEY']).toBe(permitted);
  });
});

describe('a configYaml', () => {
  const TEXT = '# mine\nmodel_list:\n- {model_name: openai/a, litellm_params: {model: x}}\n';

  it('is taken as it is', () => {
    expect(config(proxy({ configYaml: { fromString: TEXT } }))).toBe(TEXT);
  });

  it.each(['general_settings: {}', 'model_list:', 'model_list: [null]', 'model_list: [{model_name: 5}]', '{}'])(
    '%j is taken, too',
    (fromString) => {
      expect(config(proxy({ models: ['a', '5'], configYaml: { fromString } }))).toBe(fromString);
    },
  );

  it.each([
    ['model_list: [', /^failed to parse configYaml: /, 'InvalidConfigYaml'],
    ['- a', /^failed to parse configYaml: expected a map of settings$/, 'InvalidConfigYaml'],
    ['a: *b', /^failed to parse configYaml: /, 'InvalidConfigYaml'],
    // LiteLLM 1.106 ends with "Config cannot be None or Empty".
    ['# nothing\n', /^failed to parse configYaml: expected a map of settings$/, 'InvalidConfigYaml'],
    ['model_list: {a: b}', /^failed to parse configYaml: model_list: expected array$/, 'InvalidConfigYaml'],
    ['model_list: [foo]', /^failed to parse configYaml: model_list\.0: expected object$/, 'InvalidConfigYaml'],
    [
      'model_list: [{model_name: [a]}]',
      /^failed to parse configYaml: model_list\.0\.model_name: expected string$/,
      'InvalidConfigYaml',
    ],
    ['model_list: [{model_name: 5}]', /^model_name "5" in configYaml not found in /, 'ModelNotSupported'],
    ['model_list: [{model_name: 1.50}]', /^model_name "1\.50" in configYaml not found in /, 'ModelNotSupported'],
    ['model_list: [{model_name: }]', /^model_name "" in configYaml not found in /, 'ModelNotSupported'],
    ['model_list: [{litellm_params: {model: x}}]', /^model_name "" in configYaml not found in /, 'ModelNotSupported'],
    [TEXT, /^model_name "openai\/a" in configYaml not found in models list \[b c\]$/, 'ModelNotSupported'],
  ])('%j is refused', (fromString, message, reason) => {
    const { status, conditions, kinds } = sync({ parent: proxy({ models: ['b', 'c'], configYaml: { fromString } }) });
    expect([kinds, status.phase, conditions['Accepted']?.reason]).toEqual([[], 'Failed', reason]);
    expect(status.message).toMatch(message);
  });

  const secretRef = { name: 'litellm', key: 'conf' };
  const parent = proxy({ configYaml: { fromSecretKeyRef: secretRef } });

  it('D5: in a Secret is mounted, and no ConfigMap is made', () => {
    const { kinds, pod, container } = sync({ parent });
    expect(kinds).toEqual(['Deployment', 'Service']);
    expect(pod.volumes).toEqual([
      { name: 'litellm-config', secret: { secretName: 'litellm', items: [{ key: 'conf', path: 'config.yaml' }] } },
    ]);
    expect(container.args).toContain('/etc/litellm/config.yaml');
  });

  it.each([
    [{ name: '', key: 'conf' }, '.name: "" is no name of an object'],
    [{ key: 'conf' }, ': has no name'],
    [{ name: 's', key: '' }, '.key: "" is no key of a ConfigMap or Secret'],
    [{ name: 's', key: '../x' }, '.key: "../x" is no key of a ConfigMap or Secret'],
  ])('cannot be in %j', (fromSecretKeyRef, message) => {
    const { kinds, status } = sync({ parent: proxy({ configYaml: { fromSecretKeyRef } }) });
    expect([kinds, status.phase]).toEqual([[], 'Failed']);
    expect(status.message).toBe(`spec.proxyConfig.configYaml.fromSecretKeyRef${message}`);
  });

  it.each([
    [{ ...secretRef, optional: true }, { optional: true }],
    [{ ...secretRef, optional: false }, {}],
  ])('D5: in a Secret may be missing only where that is said: %j', (fromSecretKeyRef, optional) => {
    const { pod } = sync({ parent: proxy({ configYaml: { fromSecretKeyRef } }) });
    const secret = { secretName: 'litellm', items: [{ key: 'conf', path: 'config.yaml' }], ...optional };
    expect(pod.volumes).toEqual([{ name: 'litellm-config', secret }]);
  });

  it('is taken from the text where there is also a Secret, which is not asked for then', () => {
    const settings = { REFERENCE_HASH_KEY_FILE: 'tests/support/reference-hash-key.txt' };
    const secretsOf = (configYaml: object) =>
      related(proxy({ configYaml }), settings).filter(({ resource }) => resource === 'secrets');
    expect(secretsOf({ fromSecretKeyRef: secretRef })).toHaveLength(1);
    expect(secretsOf({ fromString: TEXT, fromSecretKeyRef: secretRef })).toEqual([]);
    expect(config(proxy({ configYaml: { fromString: TEXT, fromSecretKeyRef: secretRef } }))).toBe(TEXT);
  });

  it('D6: in a Secret rolls the pods when it changes, where there is a key to hash it with', () => {
    const secret = (conf: string, namespace = 'team') => ({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'litellm', namespace },
      data: { conf },
    });
    const annotations = (conf: string, settings = {}) =>
      sync({ parent, related: [secret('eg==', 'other'), secret(conf)], settings }).deployment.spec.template.metadata
        .annotations;
    const settings = { REFERENCE_HASH_KEY_FILE: 'tests/support/reference-hash-key.txt' };
    expect(annotations('YQ==', settings)).not.toEqual(annotations('Yg==', settings));
    expect(annotations('YQ==')).toEqual(annotations('Yg=='));
    expect(JSON.stringify(sync({ parent, related: [secret('c2VjcmV0')], settings }).children)).not.toContain(
      'c2VjcmV0',
    );
  });
});

describe('a ModelAPI in mode Hosted', () => {
  const hosted = (model: string, more: object = {}) =>
    modelApi({ mode: 'Hosted', hostedConfig: { model }, proxyConfig: undefined, ...more });

  it('runs Ollama, with its model pulled before it', () => {
    const { kinds, container, pod, service, status } = sync({ parent: hosted('smollm2:135m') });
    expect(kinds).toEqual(['Deployment', 'Service']);
    expect(container).toMatchObject({
      name: 'model-api',
      image: 'example/ollama:1',
      ports: [{ containerPort: 11_434 }],
      livenessProbe: { httpGet: { path: '/', port: 11_434 } },
      volumeMounts: [{ name: 'ollama-data', mountPath: '/root/.ollama' }],
    });
    expect(pod.initContainers).toMatchObject([
      { name: 'pull-model', image: 'example/ollama:1', volumeMounts: [{ name: 'ollama-data' }] },
    ]);
    expect(pod.volumes).toEqual([{ name: 'ollama-data', emptyDir: {} }]);
    expect(service.spec.ports).toMatchObject([{ port: 11_434, targetPort: 11_434 }]);
    expect(status.endpoint).toBe('http://modelapi-llm.team.svc.cluster.local:11434');
  });

  it('D32: that was a Proxy loses its ConfigMap', () => {
    const children = observed(sync({ parent: modelApi() }).children);
    expect(objectMap(children)).toHaveProperty('ConfigMap.v1');
    expect(sync({ parent: hosted('m'), children }).kinds).toEqual(['Deployment', 'Service']);
  });

  it.each([
    ['without a model', undefined],
    ['with an empty model', { model: '' }],
  ])('D27: %s says so, and runs', (_case, hostedConfig) => {
    const { hostedConfig: _other, ...others } = hosted('m')['spec'] as { hostedConfig: object };
    const spec = { ...others, ...(hostedConfig && { hostedConfig }) };
    const { kinds, pod, container, conditions } = sync({ parent: { ...hosted('m'), spec } });
    expect(kinds).toEqual(['Deployment', 'Service']);
    expect(pod).not.toHaveProperty('initContainers');
    expect(pod).not.toHaveProperty('volumes');
    expect(container).not.toHaveProperty('volumeMounts');
    expect(conditions['Accepted']).toMatchObject({ status: 'False', reason: 'NoModel' });
  });

  it('D26: tells that Ollama has no telemetry where it is asked for, as long as it is', () => {
    const parent = hosted('m', { telemetry: { enabled: true } });
    const first = sync({ parent });
    const { conditions, status, names } = sync({ parent, children: observed(first.children) });
    expect(status.phase).toBe('Ready');
    expect(conditions['Accepted']).toMatchObject({
      status: 'False',
      message: 'Warning: Telemetry enabled but Ollama does not support OTel natively',
    });
    expect(names).toEqual([]);
    const byAll = sync({ parent: hosted('m'), settings: { DEFAULT_TELEMETRY_ENABLED: 'true' } });
    expect(byAll.conditions['Accepted']?.status).toBe('True');
    const off = sync({ parent: hosted('m', { telemetry: { enabled: false } }) });
    expect(off.conditions['Accepted']?.status).toBe('True');
  });

  it.each([
    ['TRACE', '2'],
    ['DEBUG', '1'],
    ['INFO', undefined],
  ])('logs at %s', (level, expected) => {
    expect(sync({ parent: hosted('m'), settings: { DEFAULT_LOG_LEVEL: level } }).env['OLLAMA_DEBUG']).toBe(expected);
  });

  it('D33: pulls with the variables of the user, such as a proxy', () => {
    const env = [{ name: 'HTTPS_PROXY', value: 'http://proxy' }];
    const { pod } = sync({ parent: hosted('m', { container: { env } }) });
    expect(pod.initContainers[0].env).toEqual([{ name: 'OLLAMA_PULL_MODEL', value: 'm' }, ...env]);
    expect(pod.containers[0].env).toEqual(env);
  });

  it('pulls its own model, whatever variable of that name the user has', () => {
    const env = [
      { name: 'OLLAMA_PULL_MODEL', value: 'other' },
      { name: 'A', value: '1' },
    ];
    const { pod } = sync({ parent: hosted('m', { container: { env } }) });
    expect(pod.initContainers[0].env).toEqual([{ name: 'OLLAMA_PULL_MODEL', value: 'm' }, env[1]]);
    expect(pod.containers[0].env).toEqual(env);
  });
});

describe('the pull of a model', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'pull-'));
    // Stands in for Ollama: it notes how it was called, and serves until it is ended.
    const fake = `#!/bin/sh
case "$1" in
  serve) trap 'rm ${folder}/serving; exit 0' TERM; touch ${folder}/serving; while :; do sleep 0.05; done ;;
  list) [ -e ${folder}/serving ] ;;
  pull) for word; do printf '<%s>' "$word" >> ${folder}/pulled; done; exit "\${PULL_RESULT:-0}" ;;
esac
`;
    writeFileSync(path.join(folder, 'ollama'), fake);
    chmodSync(path.join(folder, 'ollama'), 0o755);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  function pull(model: string, variables: Record<string, string> = {}) {
    const parent = modelApi({ mode: 'Hosted', hostedConfig: { model }, proxyConfig: undefined });
    const { command, args, env } = sync({ parent }).pod.initContainers[0];
    rmSync(path.join(folder, 'pulled'), { force: true });
    const own = Object.fromEntries(env.map(({ name, value }: { name: string; value: string }) => [name, value]));
    const { status } = spawnSync(command[0], [...command.slice(1), ...args], {
      cwd: folder,
      timeout: 20_000,
      env: { PATH: `${folder}:${process.env['PATH']}`, ...own, ...variables },
    });
    const pulled = path.join(folder, 'pulled');
    return { status, pulled: existsSync(pulled) ? readFileSync(pulled, 'utf8') : undefined };
  }

  it.each(['smollm2:135m', "x; touch injected #'", '`touch injected`', '-h', '"', 'a b', '$HOME'])(
    'D7: pulls %j as one name, whatever it is, and ends the server',
    (model) => {
      expect(pull(model)).toEqual({ status: 0, pulled: `<pull><--><${model}>` });
      expect(existsSync(path.join(folder, 'injected'))).toBe(false);
      expect(existsSync(path.join(folder, 'serving'))).toBe(false);
    },
  );

  it('fails where the pull fails', () => {
    expect(pull('m', { PULL_RESULT: '3' }).status).toBe(3);
  });

  it('fails where there is no server', () => {
    expect(pull('m', { PATH: '/usr/bin:/bin' })).toEqual({ status: 1, pulled: undefined });
  });
});

describe('container and podSpec of a ModelAPI', () => {
  it('D4: override image, command, arguments and resources', () => {
    const container = {
      image: 'example/mine:1',
      command: ['run'],
      args: ['--mine'],
      resources: { limits: { cpu: '1' } },
    };
    expect(sync({ parent: modelApi({ container }) }).container).toMatchObject(container);
    const hosted = modelApi({ mode: 'Hosted', hostedConfig: { model: 'm' }, container });
    const { pod } = sync({ parent: hosted, settings: { DEFAULT_OLLAMA_IMAGE: '' } });
    expect(pod.containers[0]).toMatchObject(container);
    expect(pod.initContainers[0]).toMatchObject({
      image: 'example/mine:1',
      command: ['/bin/sh', '-c'],
      resources: { limits: { cpu: '1' } },
    });
  });

  it('D8: replace a volume by one of another kind', () => {
    const volumes = [{ name: 'ollama-data', persistentVolumeClaim: { claimName: 'models' } }];
    const parent = modelApi({ mode: 'Hosted', hostedConfig: { model: 'm' }, podSpec: { containers: [], volumes } });
    expect(sync({ parent }).pod.volumes).toEqual(volumes);
  });

  it('are ready for an Agent as soon as one pod is', () => {
    const children = observed(sync({ parent: modelApi() }).children);
    expect(sync({ parent: ready(modelApi()), children }).status.ready).toBe(true);
  });
});
