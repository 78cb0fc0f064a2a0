import { describe, expect, it } from 'vitest';
import { agent, mcpServer, memoryStore, modelApi, observed, ready, registry, sync } from '../../support/kaos.ts';

const hosted = (more: object = {}) => modelApi({ mode: 'Hosted', hostedConfig: { model: 'gemma3:27b' }, ...more });
const GPU = { container: { resources: { limits: { 'nvidia.com/gpu': '1' } } } };
const claimed = (claim: object = {}) => ({
  podSpec: {
    containers: [],
    volumes: [{ name: 'ollama-data', persistentVolumeClaim: { claimName: 'models', ...claim } }],
  },
});
const WITHOUT_SURGE = { type: 'RollingUpdate', rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } };

describe('the Deployment of a pod that holds what the next pod needs', () => {
  it.each([
    ['a GPU', hosted(GPU)],
    [
      'a GPU in the podSpec',
      hosted({ podSpec: { containers: [{ name: 'model-api', resources: { limits: { 'amd.com/gpu': 1 } } }] } }),
    ],
    ['a volume claim', hosted(claimed())],
    ['both', hosted({ ...GPU, ...claimed() })],
    ['a claim of an MCPServer', mcpServer({ runtime: 'custom', container: { image: 'x' }, ...claimed() })],
    ['a GPU of an Agent', agent(GPU)],
    ['the claim of a MemoryStore', memoryStore()],
    [
      'a device of dynamic resource allocation',
      hosted({ podSpec: { containers: [], resourceClaims: [{ name: 'gpu', resourceClaimTemplateName: 'gpu' }] } }),
    ],
  ])('ends it first: %s', (_what, parent) => {
    const related = [ready(modelApi()), registry()];
    const { deployment } = sync({ parent, related });
    expect(deployment.spec.strategy).toEqual({ type: 'Recreate' });
    // The same answer must follow from what the API server then stores.
    const again = sync({ parent, related, children: observed([deployment]) });
    expect(again.deployment.spec.strategy).toEqual({ type: 'Recreate' });
  });

  it.each([
    ['CPU and memory', hosted({ container: { resources: { limits: { cpu: '4', memory: '8Gi' } } } })],
    ['huge pages', hosted({ container: { resources: { limits: { 'hugepages-2Mi': '4Mi', memory: '1Gi' } } } })],
    ['a claim that many pods read', hosted(claimed({ readOnly: true }))],
    ['a volume of its own', hosted()],
    ['a configuration', modelApi()],
  ])('leaves the strategy to the API server for %s', (_what, parent) => {
    expect(sync({ parent }).deployment.spec).not.toHaveProperty('strategy');
  });

  it('keeps RollingUpdate where the Deployment has it: the API server refuses the change to Recreate', () => {
    const rolling = { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } };
    const children = observed(sync({ parent: hosted() }).children).map((child) => ({
      ...child,
      spec: { ...(child['spec'] as object), ...(child.kind === 'Deployment' && { strategy: rolling }) },
    }));
    const next = sync({ parent: hosted(GPU), children }).deployment;
    expect(next.spec.strategy).toEqual(WITHOUT_SURGE);
    expect(sync({ parent: hosted(GPU), children: observed([next]) }).deployment.spec.strategy).toEqual(WITHOUT_SURGE);
    expect(sync({ parent: hosted(), children: observed([next]) }).deployment.spec).not.toHaveProperty('strategy');
  });
});

describe('the progress deadline', () => {
  it.each([
    ['lasts as long as the pull of a model', hosted(), 3600],
    ['is that of the API server for LiteLLM', modelApi(), undefined],
    ['is that of the API server for Ollama without a model', hosted({ hostedConfig: { model: '' } }), undefined],
  ])('%s', (_what, parent, seconds) => {
    expect(sync({ parent }).deployment.spec.progressDeadlineSeconds).toBe(seconds);
  });
});
