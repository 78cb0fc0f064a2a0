const RUNTIME = 'runtime.agentic-layer.ai/v1alpha1';

export const MODEL = {
  apiVersion: 'kaos.tools/v1alpha1',
  kind: 'ModelAPI',
  metadata: { name: 'llm', namespace: 'team' },
  spec: { mode: 'Proxy', proxyConfig: { models: ['openai/*'] } },
};
export const kaosAgent = (spec: object = {}, metadata: object = {}) => ({
  apiVersion: 'kaos.tools/v1alpha1',
  kind: 'Agent',
  metadata: { name: 'lead', namespace: 'team', ...metadata },
  spec: { modelAPI: 'llm', model: 'openai/x', ...spec },
});
export const CLASS = {
  apiVersion: RUNTIME,
  kind: 'AgentGatewayClass',
  metadata: { name: 'krakend' },
  spec: { controller: 'runtime.agentic-layer.ai/agent-gateway-krakend-controller' },
};
export const gateway = (spec: object = {}, metadata: object = {}) => ({
  apiVersion: RUNTIME,
  kind: 'AgentGateway',
  metadata: { name: 'public', namespace: 'agents', ...metadata },
  spec: { agentGatewayClassName: 'krakend', ...spec },
});
export const agent = (
  given: { readonly spec?: object; readonly metadata?: object; readonly status?: object } = {},
) => ({
  apiVersion: RUNTIME,
  kind: 'Agent',
  metadata: { name: 'news', namespace: 'agents', ...given.metadata },
  spec: {
    exposed: true,
    framework: 'custom',
    image: 'example/news:1',
    protocols: [{ type: 'A2A', port: 8000 }],
    ...given.spec,
  },
  status: given.status ?? { url: 'http://news.agents.svc.cluster.local:8000/.well-known/agent-card.json' },
});
export const REFUSED_ROUTE = {
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'HTTPRoute',
  metadata: {
    name: 'agent-lead',
    namespace: 'team',
    ownerReferences: [{ apiVersion: 'kaos.tools/v1alpha1', kind: 'Agent', name: 'lead', uid: 'u1', controller: true }],
  },
  spec: { parentRefs: [{ name: 'kaos-gateway', namespace: 'kaos-system' }], rules: [] },
  status: {
    parents: [
      {
        parentRef: { name: 'kaos-gateway', namespace: 'kaos-system' },
        controllerName: 'example.com/gateway',
        conditions: [
          {
            type: 'Accepted',
            status: 'False',
            reason: 'NotAllowedByListeners',
            message: 'no listener allows the namespace',
            lastTransitionTime: '2026-01-01T00:00:00Z',
          },
        ],
      },
    ],
  },
};
export const JWT = {
  issuer: 'https://login.example.com/',
  jwksUri: 'https://login.example.com/jwks.json',
  audiences: ['agents'],
};
