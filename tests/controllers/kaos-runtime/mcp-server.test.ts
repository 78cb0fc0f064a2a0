import { describe, expect, it } from 'vitest';
import { agent, mcpServer, modelApi, observed, REGISTRY_TEXT, ready, registry, sync } from '../../support/kaos.ts';

const custom = (container: object = { image: 'example/tools:1' }, more: object = {}) =>
  mcpServer({ runtime: 'custom', container, ...more });

describe('an MCPServer', () => {
  it('of a registered runtime runs its image, with its params in the variable that the runtime reads', () => {
    const { deployment, service, container, env } = sync({ parent: mcpServer(), related: [registry()] });
    const labels = { app: 'mcpserver', mcpserver: 'calc' };
    expect(deployment).toMatchObject({
      metadata: { name: 'mcpserver-calc', labels },
      spec: { selector: { matchLabels: labels } },
    });
    expect(service.spec).toMatchObject({ selector: labels, ports: [{ port: 8000, targetPort: 8000 }] });
    expect(container).toMatchObject({
      name: 'mcp-server',
      image: 'example/python-string:1',
      livenessProbe: { tcpSocket: { port: 8000 }, initialDelaySeconds: 5, timeoutSeconds: 3, failureThreshold: 3 },
      readinessProbe: { tcpSocket: { port: 8000 }, initialDelaySeconds: 3, timeoutSeconds: 3, failureThreshold: 2 },
    });
    expect(env).toEqual({ MCP_TOOLS_STRING: 'tools', LOG_LEVEL: 'INFO' });
  });

  it.each([
    ['custom', [], 'custom runtime requires container.image to be set', 'NoImage'],
    [
      'gone',
      [registry()],
      'unknown runtime: gone (not found in registry); ConfigMap kaos-system/kaos-mcp-runtimes has "python-string", "kubernetes", "slack"; add it there, or set spec.runtime to "custom" with spec.container.image',
      'UnknownRuntime',
    ],
    [
      'python_string',
      [registry()],
      'unknown runtime: python_string (not found in registry); did you mean "python-string"?',
      'UnknownRuntime',
    ],
    ['', [registry()], 'unknown runtime:  (not found in registry)', 'UnknownRuntime'],
    ['constructor', [registry()], 'unknown runtime: constructor (not found in registry)', 'UnknownRuntime'],
    [
      'x',
      [registry('runtimes: {x: {image: [1]}}')],
      'runtime "x" of the registry: image: expected string',
      'InvalidRuntime',
    ],
    [
      'x',
      [registry('runtimes: {x: {}}')],
      'runtime "x" of the registry has no image; set spec.container.image',
      'NoImage',
    ],
    [
      'x',
      [registry('runtimes: {x: }')],
      'runtime "x" of the registry has no image; set spec.container.image',
      'NoImage',
    ],
    [
      'x',
      [registry('runtimes: {x: {args: --port}}')],
      'runtime "x" of the registry: args: expected array',
      'InvalidRuntime',
    ],
    [
      'x',
      [registry('runtimes: {x: {args: [[a]]}}')],
      'runtime "x" of the registry: args.0: expected string',
      'InvalidRuntime',
    ],
    ['x', [registry('')], 'unknown runtime: x', 'UnknownRuntime'],
    ['x', [registry('runtimes:')], 'unknown runtime: x', 'UnknownRuntime'],
    [
      'x',
      [registry('x: [')],
      'failed to get runtime registry: failed to parse runtimes.yaml of ConfigMap kaos-system/kaos-mcp-runtimes: ',
      'NoRuntimeRegistry',
    ],
    [
      'x',
      [{ ...registry(), data: {} }],
      'failed to get runtime registry: runtimes.yaml not found in ConfigMap kaos-system/kaos-mcp-runtimes; add this key, with a map such as {runtimes: {python-string: {image: example/python-string:1.0}}}',
      'NoRuntimeRegistry',
    ],
    [
      'x',
      [],
      'failed to get runtime registry: failed to get runtime registry ConfigMap: ConfigMap "kaos-mcp-runtimes" not found in the namespace kaos-system; install the chart there with kaosRuntime.enabled=true, which makes it from kaosRuntime.mcpRuntimes, or add it with the key runtimes.yaml and a map such as {runtimes: {python-string: {image: example/python-string:1.0}}}',
      'NoRuntimeRegistry',
    ],
  ])('of the runtime %j is not created (case %#)', (runtime, related, message, reason) => {
    const { status, conditions, kinds } = sync({ parent: mcpServer({ runtime }), related });
    expect({ kinds, phase: status.phase, accepted: conditions['Accepted']?.reason }).toEqual({
      kinds: [],
      phase: 'Failed',
      accepted: reason,
    });
    expect(status.message).toContain('Failed to construct Deployment: ');
    expect(status.message).toContain(message);
  });

  // KAOS reads these with gopkg.in/yaml.v3 into a list of strings; the expected values were observed there.
  it.each([
    ['[--port, 8000, 0x10, 1.50, 1e3, +1]', ['--port', '8000', '0x10', '1.50', '1e3', '+1']],
    ["[true, yes, .inf, 2001-01-01, '~']", ['true', 'yes', '.inf', '2001-01-01', '~']],
    ['[a, null, ~, b]', ['a', 'b']],
    ['[&a 1, *a]', ['1', '1']],
  ])('of a runtime with the arguments %s gets them as KAOS reads them', (list, args) => {
    const text = `runtimes:\n  python-string: {image: example/python-string:1, args: ${list}}\n`;
    expect(sync({ parent: mcpServer(), related: [registry(text)] }).container.args).toEqual(args);
  });

  it('of a runtime with empty fields ignores them', () => {
    const fields = ['command', 'args', 'paramsEnvVar', 'requiredEnv'].map((name) => `    ${name}:\n`).join('');
    const text = `runtimes:\n  python-string:\n    image: example/python-string:1\n${fields}`;
    const { env, container, conditions } = sync({ parent: mcpServer({ params: '' }), related: [registry(text)] });
    expect(env).toEqual({ LOG_LEVEL: 'INFO' });
    expect({ command: container.command, args: container.args, accepted: conditions['Accepted']?.status }).toEqual({
      command: undefined,
      args: undefined,
      accepted: 'True',
    });
  });

  it('of a custom runtime does not need a registry', () => {
    expect(sync({ parent: custom() }).container.image).toBe('example/tools:1');
  });

  it('D38: uses only the registry in the system namespace, which is kaos-system by default', () => {
    const elsewhere = { ...registry(), metadata: { name: 'kaos-mcp-runtimes', namespace: 'team' } };
    expect(sync({ parent: mcpServer(), related: [elsewhere] }).status.phase).toBe('Failed');
    const related = [elsewhere];
    expect(sync({ parent: mcpServer(), related, settings: { SYSTEM_NAMESPACE: 'team' } }).status.phase).toBe('Pending');
  });

  it('D11: uses the last one if a registry has a runtime twice', () => {
    const text = `${REGISTRY_TEXT}  python-string: {image: example/other:2}\n  python-string: {image: example/mine:3}\n`;
    const { container, status, reply } = sync({ parent: mcpServer({ params: '' }), related: [registry(text)] });
    expect({ image: container.image, phase: status.phase }).toEqual({ image: 'example/mine:3', phase: 'Pending' });
    expect(reply.problems).toHaveLength(2);
    expect(reply.problems[0]).toMatchObject({
      about: 'ConfigMap kaos-system/kaos-mcp-runtimes',
      message: expect.stringMatching(/^runtimes.yaml: Map keys must be unique at line 13.*; the last one is used$/),
    });
    expect(sync({ parent: mcpServer({ runtime: 'kubernetes' }), related: [registry(text)] }).container.args).toEqual([
      '--port',
      '8000',
    ]);
  });

  it('D12: gets flags that the runtime has as its command as arguments', () => {
    const env = [{ name: 'SLACK_BOT_TOKEN', value: 'x' }];
    const { container } = sync({ parent: mcpServer({ runtime: 'slack', container: { env } }), related: [registry()] });
    expect(container.args).toEqual(['--transport', 'http']);
    expect(container).not.toHaveProperty('command');
  });

  it('D12: gets such flags before the arguments of the runtime', () => {
    const text = 'runtimes: {x: {image: a, command: [--transport, http], args: [--port, "1"]}}';
    const { container } = sync({ parent: mcpServer({ runtime: 'x' }), related: [registry(text)] });
    expect(container.args).toEqual(['--transport', 'http', '--port', '1']);
  });

  it('uses only the ConfigMap with the name of the registry', () => {
    const named = (name: string) => ({
      ...registry('runtimes: {}'),
      metadata: { name, namespace: 'kaos-system' },
    });
    const related = [named('a'), registry(), named('z')];
    expect(sync({ parent: mcpServer(), related }).status.phase).toBe('Pending');
  });

  it('overrides the fields of its runtime, and clears arguments with an empty list', () => {
    const container = { image: 'example/mine:1', command: ['serve'], args: [], resources: { limits: { cpu: '1' } } };
    const made = sync({ parent: mcpServer({ runtime: 'kubernetes', container }), related: [registry()] }).container;
    expect(made).toMatchObject({ image: 'example/mine:1', command: ['serve'], resources: { limits: { cpu: '1' } } });
    expect(made).not.toHaveProperty('args');
  });

  it('D8: replaces a probe with one of another kind', () => {
    const livenessProbe = { httpGet: { path: '/live', port: 8000 } };
    const podSpec = { containers: [{ name: 'mcp-server', livenessProbe }] };
    const made = sync({ parent: custom(undefined, { podSpec }) }).container;
    expect(made.livenessProbe).toMatchObject(livenessProbe);
    expect(made.livenessProbe).not.toHaveProperty('tcpSocket');
  });

  it('runs with the valid part of its podSpec and reports the rest', () => {
    const { conditions, kinds, reply } = sync({ parent: custom(undefined, { podSpec: 'none' }) });
    expect(kinds).toEqual(['Deployment', 'Service']);
    expect(conditions['Accepted']).toMatchObject({ status: 'False', reason: 'InvalidPodSpec' });
    expect(conditions['Accepted']?.message).toMatch(/^spec\.podSpec: /);
    expect(reply.problems).toHaveLength(1);
  });

  it('gets the same answer once it is observed', () => {
    const first = sync({ parent: custom() });
    expect(sync({ parent: custom(), children: observed(first.children) }).children).toEqual(first.children);
  });

  it('has a Service that keeps a client with one pod, by a setting', () => {
    const scene = { parent: mcpServer(), related: [registry()] };
    const settings = { KAOS_RUNTIME_MCP_SESSION_AFFINITY: 'ClientIP' };
    expect(sync(scene).service.spec).not.toHaveProperty('sessionAffinity');
    expect(sync({ ...scene, settings }).service.spec).toMatchObject({
      sessionAffinity: 'ClientIP',
      sessionAffinityConfig: { clientIP: { timeoutSeconds: 10_800 } },
    });
    for (const parent of [modelApi(), agent()]) {
      const other = sync({ parent, related: [ready(modelApi())], settings });
      expect(other.service.spec).not.toHaveProperty('sessionAffinity');
    }
  });
});
