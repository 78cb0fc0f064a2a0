import { describe, expect, it } from 'vitest';
import { agentRoutes } from '../../controllers/agent-routes/controller.ts';
import type { Controller } from '../../controllers/contract.ts';
import { kaosRuntimeAgent } from '../../controllers/kaos-runtime/agent/controller.ts';
import { kaosRuntimeMemoryStore } from '../../controllers/kaos-runtime/memory-store/controller.ts';
import { observedObjects } from '../../webhooks/wire/object-map.ts';
import { type KubernetesObject, NOW, objectMap } from '../support/gateways.ts';
import { kaosAgent, modelApi } from '../support/graphs.ts';
import { testSettings } from '../support/service.ts';

/** `kind namespace/name`, with what is wrong with it. */
function called(controller: Controller, parent: object, related: readonly object[] = []): readonly string[] {
  const objects = observedObjects(objectMap(related as readonly KubernetesObject[]));
  const snapshot = { parent, children: [], related: objects, finalizing: false, now: NOW };
  const answer = controller.describe(snapshot, testSettings({}).controllers);
  return answer.outcome === 'described'
    ? answer.references.map(({ to, problem = '' }) => `${to.kind} ${to.namespace}/${to.name} ${problem}`.trim())
    : [];
}

const store = (spec: object) => ({
  apiVersion: 'kaos.tools/v1alpha1',
  kind: 'MemoryStore',
  metadata: { name: 's', namespace: 'n' },
  spec,
});
const runtimeAgent = (spec: object) => ({
  apiVersion: 'runtime.agentic-layer.ai/v1alpha1',
  kind: 'Agent',
  metadata: { name: 'a', namespace: 'n' },
  spec,
});

describe('what a resource calls', () => {
  it('is the model, the tools, the memory and the peers of a KAOS Agent, each once, in its namespace', () => {
    const spec = {
      mcpServers: ['calc', 'calc'],
      config: { memory: { memoryStore: 's' } },
      agentNetwork: { access: ['peer', 'hidden', 'gone'] },
    };
    const hidden = kaosAgent('hidden', { agentNetwork: { expose: false } });
    const related = [modelApi(), kaosAgent('peer'), hidden, kaosAgent('gone', {}, 'elsewhere')];
    expect(called(kaosRuntimeAgent, kaosAgent('a', spec), related)).toEqual([
      'ModelAPI n/llm',
      'MCPServer n/calc not found',
      'MemoryStore n/s not found',
      'Agent n/peer',
      'Agent n/hidden is not exposed',
      'Agent n/gone not found',
    ]);
  });

  it('has a model that the ModelAPI does not offer', () => {
    expect(called(kaosRuntimeAgent, kaosAgent('a', { model: 'other' }), [modelApi()])).toEqual([
      'ModelAPI n/llm does not have the model',
    ]);
  });

  it('is nothing for a KAOS Agent without a spec', () => {
    expect(called(kaosRuntimeAgent, { ...kaosAgent('a'), spec: undefined })).toEqual([]);
  });

  it('is each ModelAPI of a MemoryStore once', () => {
    const model = { modelAPI: 'llm', model: 'm' };
    const of = (embedding: object) =>
      called(kaosRuntimeMemoryStore, store({ models: { summarization: model, embedding } }));
    expect(of(model)).toEqual(['ModelAPI n/llm not found']);
    expect(of({ modelAPI: 'other', model: 'm' })).toEqual(['ModelAPI n/other not found', 'ModelAPI n/llm not found']);
    expect(called(kaosRuntimeMemoryStore, store({}))).toEqual([]);
  });

  it('is the sub-agents and the tools of an Agent of the agent runtime', () => {
    const spec = {
      subAgents: [{ name: 'x', agentRef: { name: 'b' } }, { name: 'y', url: 'https://example.com' }, null],
      tools: [
        { name: 't', upstream: { toolServerRef: { name: 's', namespace: 'm' } } },
        { name: 'u', upstream: { toolRouteRef: { name: 'r', namespace: '' } } },
        { name: 'v', upstream: { external: { url: 'https://example.com' } } },
      ],
    };
    expect(called(agentRoutes, runtimeAgent(spec))).toEqual(['Agent n/b', 'ToolServer m/s', 'ToolRoute n/r']);
    expect(called(agentRoutes, runtimeAgent({ subAgents: 'none', tools: { a: 1 } }))).toEqual([]);
  });
});
