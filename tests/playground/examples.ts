import { randomUUID } from 'node:crypto';
import { exampleObjects } from '../cluster/support/answers.ts';
import { mustApply, read } from '../cluster/support/api.ts';
import type { ControlPlane } from '../cluster/support/control-plane.ts';
import { applyWithStatus } from '../cluster/support/objects.ts';
import type { Manifest } from '../support/helm.ts';

const TEAM = 'examples/kaos-runtime/team.yaml';
const GATEWAY = 'examples/agent-gateway/one-gateway.yaml';

/** The Secret to which the team's ModelAPI refers. */
const SECRET: Manifest = {
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'provider', namespace: 'support' },
  stringData: { 'api-key': `sk-${randomUUID()}` },
};

/** Applies the example of a team, and returns its resources. */
export async function applyTeam({ api }: ControlPlane): Promise<readonly Manifest[]> {
  const team = exampleObjects(TEAM);
  await applyWithStatus(api, [...team, SECRET]);
  return team;
}

/** Applies the example of an AgentGateway with its agents, and what the agent runtime operator would make for these. */
export async function applyGateway({ api }: ControlPlane): Promise<readonly Manifest[]> {
  const objects = exampleObjects(GATEWAY).filter(({ kind }) => kind !== 'AgentGatewayClass');
  await applyWithStatus(api, objects);
  await mustApply(api, objects.filter(({ kind }) => kind === 'Agent').flatMap(workloadOf));
  return objects.filter(({ kind }) => kind === 'AgentGateway');
}

/** The Deployment and the Service that the agent runtime operator would make for an Agent. */
export function workloadOf({ metadata, spec }: Manifest): readonly Manifest[] {
  const { name, namespace = '' } = metadata;
  const { image } = spec as { readonly image: string };
  const labels = { app: name };
  const container = { name, image, ports: [{ name: 'http', containerPort: 8000 }] };
  return [
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name, namespace },
      spec: {
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: { containers: [container] } },
      },
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name, namespace },
      spec: { selector: labels, ports: [{ name: 'http', port: 8000 }] },
    },
  ];
}

interface Status {
  readonly ready?: boolean;
  readonly conditions?: readonly { readonly type: string; readonly status: string }[];
}

/** The resources that are not ready yet, such as `Agent support/desk`. */
export async function notReady({ api }: ControlPlane, resources: readonly Manifest[]): Promise<readonly string[]> {
  const stored = await Promise.all(resources.map((resource) => read(api, resource)));
  return resources
    .filter((_, index) => !isReady((stored[index]?.['status'] ?? {}) as Status))
    .map(({ kind, metadata }) => `${kind} ${metadata.namespace}/${metadata.name}`);
}

function isReady({ ready, conditions = [] }: Status): boolean {
  return ready ?? conditions.some(({ type, status }) => type === 'Programmed' && status === 'True');
}
