/** Documents of our kinds, with the required fields of their specs. */
export const KAOS = 'kaos.tools/v1alpha1';
const AGENTIC = 'runtime.agentic-layer.ai/v1alpha1';
export const metadata = { name: 'a', namespace: 'n' };

export const agent = (spec: object) => ({
  apiVersion: KAOS,
  kind: 'Agent',
  metadata,
  spec: { modelAPI: 'm', model: 'm', ...spec },
});
export const server = (spec: object) => ({
  apiVersion: KAOS,
  kind: 'MCPServer',
  metadata,
  spec: { runtime: 'custom', ...spec },
});
export const model = (spec: object) => ({ apiVersion: KAOS, kind: 'ModelAPI', metadata, spec });
export const gateway = (spec: object) => ({ apiVersion: AGENTIC, kind: 'AgentGateway', metadata, spec });
export const exposed = (spec: object) => ({ apiVersion: AGENTIC, kind: 'Agent', metadata, spec });
