import { describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../support/gateways.ts';
import { agent, mcpServer, modelApi, ready, registry, type Scene, sync } from '../../support/kaos.ts';

type Make = (spec: object) => KubernetesObject;
const hosted: Make = (spec) => modelApi({ mode: 'Hosted', hostedConfig: { model: 'm' }, ...spec });
const custom: Make = (spec) => mcpServer({ runtime: 'custom', params: '', container: { image: 'mcp/x' }, ...spec });

/** Each kind with the name of its container and the port of its Service. */
const KINDS: readonly (readonly [string, Make, string, number, Omit<Scene, 'parent'>])[] = [
  ['an MCPServer', custom, 'mcp-server', 8000, { related: [registry()] }],
  ['an Agent', agent, 'agent', 8000, { related: [ready(modelApi())] }],
  ['LiteLLM', modelApi, 'model-api', 8000, {}],
  ['Ollama', hosted, 'model-api', 11_434, {}],
];

describe.each(KINDS)('the port of %s', (_kind, make, name, servicePort, scene) => {
  const made = (container: object) =>
    sync({ ...scene, parent: make({ podSpec: { containers: [{ name, ...container }] } }) });
  const told = (container: object) => {
    const { reason, message } = made(container).conditions['Accepted'] ?? {};
    return { reason, message };
  };

  it('is followed if it is named http: the Service keeps its own port and leads there, and the probes ask there', () => {
    const { service, container, conditions } = made({ ports: [{ name: 'http', containerPort: 3000 }] });
    expect(service.spec.ports).toEqual([{ name: 'http', port: servicePort, targetPort: 3000, protocol: 'TCP' }]);
    expect(container.ports).toEqual([{ name: 'http', containerPort: 3000, protocol: 'TCP' }]);
    const { readinessProbe, livenessProbe } = container;
    for (const probe of [readinessProbe, livenessProbe]) {
      expect((probe.httpGet ?? probe.tcpSocket).port).toBe(3000);
    }
    expect(conditions['Accepted']?.reason).toBe('Accepted');
  });

  const probe = (port: unknown) => ({ readinessProbe: { tcpSocket: { port } } });
  const advice = `calls go to port ${servicePort} of the container, not to 3000; if it listens at 3000, name that port http: {name: http, containerPort: 3000}; if it listens at ${servicePort}, add {containerPort: ${servicePort}} to ports`;

  it.each([
    [
      'a port, and probes there',
      { ports: [{ containerPort: 3000 }], ...probe(3000), livenessProbe: { tcpSocket: { port: 3000 } } },
      'readinessProbe.tcpSocket.port',
    ],
    ['a readiness probe alone', probe(3000), 'readinessProbe.tcpSocket.port'],
    [
      'a readiness probe over HTTP',
      { readinessProbe: { httpGet: { path: '/', port: 3000 } } },
      'readinessProbe.httpGet.port',
    ],
    ['a readiness probe over gRPC', { readinessProbe: { grpc: { port: 3000 } } }, 'readinessProbe.grpc.port'],
    ['a port alone', { ports: [{ containerPort: 3000 }] }, 'ports'],
    [
      'a readiness probe at the port of metrics',
      { ports: [{ name: 'metrics', containerPort: 3000 }], ...probe(3000) },
      'readinessProbe.tcpSocket.port',
    ],
  ])('is told if the podSpec has another one: %s', (_what, container, field) => {
    const { service } = made(container);
    expect(service.spec.ports[0].targetPort).toBe(servicePort);
    expect(told(container)).toEqual({
      reason: 'PortMismatch',
      message: `spec.podSpec.containers[${name}].${field}: ${advice}`,
    });
  });

  it.each([
    ['the same port', { ports: [{ containerPort: servicePort }], ...probe(servicePort) }],
    ['an additional port with a name', { ports: [{ name: 'metrics', containerPort: 9090 }] }],
    [
      'a port for health beside that of the Service',
      { ports: [{ containerPort: 3000 }, { containerPort: servicePort }], ...probe(3000) },
    ],
    ['a probe of the named port', probe('http')],
    ['a probe by command', { readinessProbe: { exec: { command: ['true'] } } }],
    ['a liveness probe elsewhere', { livenessProbe: { tcpSocket: { port: 3000 } } }],
    ['a port of UDP', { ports: [{ containerPort: 53, protocol: 'UDP' }] }],
    ['another container', {}],
  ])('is not told of %s', (_what, container) => {
    expect(told(container).reason).toBe('Accepted');
  });
});

it('LiteLLM listens at the port that is followed', () => {
  const podSpec = { containers: [{ name: 'model-api', ports: [{ name: 'http', containerPort: 4000 }] }] };
  expect(sync({ parent: modelApi({ podSpec }) }).container.args).toEqual([
    '--config',
    '/etc/litellm/config.yaml',
    '--port',
    '4000',
  ]);
});
