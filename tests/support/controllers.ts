import type { Controller, DesiredObject, RelatedRule, Reply, Snapshot } from '../../controllers/contract.ts';
import { defineController } from '../../controllers/define-controller.ts';
import { fitting } from '../../controllers/engine/fitting.ts';
import { ObjectMetadata } from '../../controllers/kubernetes/kinds/metadata.ts';
import { defineReading } from '../../controllers/reading.ts';
import { agentReading } from '../../controllers/resources/kaos/agent.ts';
import { mcpServerReading } from '../../controllers/resources/kaos/mcp-server.ts';
import { modelApiReading } from '../../controllers/resources/kaos/model-api.ts';
import { Type } from '../../controllers/typebox.ts';

type Parent = { readonly metadata: { readonly namespace: string; readonly name: string } };

export const configMapReading = defineReading(
  { apiVersion: 'v1', kind: 'ConfigMap', resource: 'configmaps', namespaced: true },
  Type.Object({ metadata: ObjectMetadata, data: Type.Record(Type.String(), Type.String()) }),
);

const gatewayReading = defineReading(
  {
    apiVersion: 'runtime.agentic-layer.ai/v1alpha1',
    kind: 'AgentGateway',
    resource: 'agentgateways',
    namespaced: true,
  },
  Type.Object({ kind: Type.Literal('AgentGateway'), metadata: ObjectMetadata }),
);

interface TestBehaviour {
  readonly type?: 'decorator' | 'composite';
  readonly sync?: (snapshot: Snapshot<Parent>) => Reply;
  readonly customize?: (parent: Parent) => readonly RelatedRule[];
}

/** A controller for tests of the edge. It accepts every recorded kind and makes a ConfigMap for each parent. */
export function testController({ type = 'decorator', sync = oneConfigMap, customize }: TestBehaviour): Controller {
  return defineController({
    name: 'test',
    type,
    parents: [agentReading, modelApiReading, mcpServerReading, gatewayReading],
    children: [configMapReading],
    related: [configMapReading],
    ...(customize && { customize }),
    observe: (snapshot: Snapshot<Parent>) => snapshot,
    desire: sync,
    reply: (reply) => reply,
    columns: ['PARENT'],
    rows: ({ parent }) => [[parent.metadata.name]],
  });
}

/** A ConfigMap whose data tells tests what the controller observed. */
function oneConfigMap({ parent, children, related, now }: Snapshot<Parent>): Reply {
  const observed = [fitting(configMapReading, children), fitting(configMapReading, related)];
  const child: DesiredObject & { readonly data: object } = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: `${parent.metadata.name}-seen`, namespace: parent.metadata.namespace },
    data: { now, seen: observed.map(({ items }) => items.length).join(' ') },
  };
  return { outcome: 'apply', children: [child], status: { seen: true }, problems: observed.flatMap((o) => o.problems) };
}
