import { describe, expect, it } from 'vitest';
import { objectMap } from '../../support/gateways.ts';
import { modelApi, observed, ready, sync } from '../../support/kaos.ts';

describe('a ModelAPI in mode Hosted', () => {
  const hosted = (model: string, more: object = {}) =>
    modelApi({ mode: 'Hosted', hostedConfig: { model }, proxyConfig: undefined, ...more });

  it('KAOS 0.8, row 9: runs Ollama by its command, after an init container that pulls its model', () => {
    const { kinds, container, pod, service, status } = sync({ parent: hosted('smollm2:135m') });
    expect(kinds).toEqual(['Deployment', 'Service']);
    expect(container).toMatchObject({
      name: 'model-api',
      image: 'example/ollama:1',
      command: ['ollama'],
      args: ['serve'],
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
  ])('D27: %s runs, and a condition reports it', (_case, hostedConfig) => {
    const { hostedConfig: _other, ...others } = hosted('m')['spec'] as { hostedConfig: object };
    const spec = { ...others, ...(hostedConfig && { hostedConfig }) };
    const { kinds, pod, container, conditions } = sync({ parent: { ...hosted('m'), spec } });
    expect(kinds).toEqual(['Deployment', 'Service']);
    expect(pod).not.toHaveProperty('initContainers');
    expect(pod).not.toHaveProperty('volumes');
    expect(container).not.toHaveProperty('volumeMounts');
    expect(conditions['Accepted']).toMatchObject({ status: 'False', reason: 'NoModel' });
  });

  it('D26: reports that Ollama has no telemetry as long as its spec enables telemetry', () => {
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
  ])('logs at the level %s', (level, expected) => {
    expect(sync({ parent: hosted('m'), settings: { DEFAULT_LOG_LEVEL: level } }).env['OLLAMA_DEBUG']).toBe(expected);
  });

  it('D33: pulls its model with the variables of the user, such as a proxy', () => {
    const env = [{ name: 'HTTPS_PROXY', value: 'http://proxy' }];
    const { pod } = sync({ parent: hosted('m', { container: { env } }) });
    expect(pod.initContainers[0].env).toEqual([{ name: 'OLLAMA_PULL_MODEL', value: 'm' }, ...env]);
    expect(pod.containers[0].env).toEqual(env);
  });

  it('pulls its own model, even if the user sets a variable with the same name', () => {
    const env = [
      { name: 'OLLAMA_PULL_MODEL', value: 'other' },
      { name: 'A', value: '1' },
    ];
    const { pod } = sync({ parent: hosted('m', { container: { env } }) });
    expect(pod.initContainers[0].env).toEqual([{ name: 'OLLAMA_PULL_MODEL', value: 'm' }, env[1]]);
    expect(pod.containers[0].env).toEqual(env);
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

  it('leave out the argument of Ollama for another command', () => {
    const hosted = modelApi({ mode: 'Hosted', hostedConfig: { model: 'm' }, container: { command: ['run'] } });
    const { container } = sync({ parent: hosted });
    expect(container.command).toEqual(['run']);
    expect(container).not.toHaveProperty('args');
  });

  it('D8: replace a volume with one of another kind', () => {
    const volumes = [{ name: 'ollama-data', persistentVolumeClaim: { claimName: 'models' } }];
    const parent = modelApi({ mode: 'Hosted', hostedConfig: { model: 'm' }, podSpec: { containers: [], volumes } });
    expect(sync({ parent }).pod.volumes).toEqual(volumes);
  });

  it('do not matter for an Agent: the ModelAPI is ready as soon as one pod is', () => {
    const children = observed(sync({ parent: modelApi() }).children);
    expect(sync({ parent: ready(modelApi()), children }).status.ready).toBe(true);
  });
});
