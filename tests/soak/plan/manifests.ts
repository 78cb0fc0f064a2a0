import type { Manifest } from '../../support/helm.ts';
import type { A2aAgent, ForeignRoute, Gateway, KaosResource } from './world.ts';

/** An object as its user writes it, and the status that another operator writes. */
export interface Written {
  readonly object: Manifest;
  readonly status?: object;
}

export const RUNTIME = 'runtime.agentic-layer.ai/v1alpha1';
export const ROUTES = 'gateway.networking.k8s.io/v1';
export const KAOS = 'kaos.tools/v1alpha1';

export const NAMESPACES = ['red', 'green', 'blue'] as const;

const KAOS_SPECS = {
  Agent: { modelAPI: 'llm', model: 'openai/gpt-4o' },
  ModelAPI: { mode: 'Proxy', proxyConfig: { apiBase: 'http://llm.example:8080', models: ['openai/*'] } },
  MCPServer: { runtime: 'python-string', params: 'def add(a: int, b: int) -> int:\n    return a + b\n' },
} as const;

export function kaosManifest({ kind, namespace, name, timeout, exposed }: KaosResource): Written {
  const spec = {
    ...KAOS_SPECS[kind],
    gatewayRoute: timeout === undefined ? {} : { timeout },
    ...(kind === 'Agent' && { agentNetwork: { expose: exposed } }),
  };
  return { object: { apiVersion: KAOS, kind, metadata: { namespace, name }, spec } };
}

export function agentManifest({ namespace, name, exposed, url }: A2aAgent): Written {
  const spec = { exposed, framework: 'custom', image: `example/${name}:1`, protocols: [{ type: 'A2A', port: 8000 }] };
  const object = { apiVersion: RUNTIME, kind: 'Agent', metadata: { namespace, name }, spec };
  return { object, status: { url: url.text } };
}

export function gatewayManifest({ namespace, name, replicas, timeoutSeconds }: Gateway): Written {
  const spec = { agentGatewayClassName: 'krakend', replicas, timeout: `${timeoutSeconds}s` };
  return { object: { apiVersion: RUNTIME, kind: 'AgentGateway', metadata: { namespace, name }, spec } };
}

export function foreignManifest({ namespace, name, mark }: ForeignRoute): Written {
  const match = { path: { type: 'PathPrefix', value: `/${mark}` } };
  const backend = { group: '', kind: 'Service', name: mark, port: 80, weight: 1 };
  const spec = {
    parentRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'theirs' }],
    rules: [{ matches: [match], backendRefs: [backend] }],
  };
  return { object: { apiVersion: ROUTES, kind: 'HTTPRoute', metadata: { namespace, name }, spec } };
}
