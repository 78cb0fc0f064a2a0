import { describe, expect } from 'vitest';
import type { Manifest } from './support/helm.ts';
import { kaosSamples, SAMPLE_FLAGS, VERIFIED_USERS } from './support/kaos-samples.ts';
import { itemsOf, renderStdin } from './support/rendering.ts';
import { withUpstream } from './support/upstream.ts';

/** The prefix of each kind's route, and the kind's part of the path. */
const ROUTED: Readonly<Record<string, readonly [prefix: string, pathType: string]>> = {
  Agent: ['agent', 'agent'],
  ModelAPI: ['modelapi', 'modelapi'],
  MCPServer: ['mcp', 'mcp'],
  MemoryStore: ['memorystore', 'memorystore'],
};

interface Spec {
  readonly agentNetwork?: { readonly expose?: boolean };
}

/** The names and paths of the routes that KAOS makes for these objects, sorted. */
function routesOfKaos(objects: readonly Manifest[]): string[] {
  return objects
    .filter(({ spec }) => (spec as Spec | undefined)?.agentNetwork?.expose !== false)
    .flatMap(({ kind, metadata }) => {
      const [prefix, pathType] = ROUTED[kind] ?? [];
      return prefix === undefined ? [] : [`${prefix}-${metadata.name} /samples/${pathType}/${metadata.name}`];
    })
    .sort();
}

describe.each(kaosSamples())('the sample $name of KAOS 0.8', ({ text, objects = [] }) => {
  withUpstream(text).it('gets all routes that KAOS makes, and only objects without a route are noted', () => {
    const { code, stdout, stderr } = renderStdin([text], '-o', 'json', '--namespace', 'samples');
    const routes = itemsOf(stdout, 'HTTPRoute').map(
      ({ metadata, spec }) => `${metadata.name} ${spec.rules[0].matches[0].path.value}`,
    );
    expect(routes.sort()).toEqual(routesOfKaos(objects));
    expect(routes.length).toBeGreaterThan(1);
    const noted = objects.filter(({ kind }) => !(kind in ROUTED));
    expect(stderr.split('\n').filter((line) => line !== '' && !line.startsWith('note: '))).toEqual([]);
    expect(stderr.match(/ignored, because (no|the) controller/g) ?? []).toHaveLength(noted.length);
    expect(code).toBe(0);
  });
});

/** The prefix of each kind's Deployment and Service. */
const RUN: Readonly<Record<string, string>> = {
  Agent: 'agent',
  ModelAPI: 'modelapi',
  MCPServer: 'mcpserver',
  MemoryStore: 'memorystore',
};

const grantProblem = (name: string) =>
  expect.stringMatching(`^AccessGrant samples/${name}: RuntimeProblem: agent-gateway-hooks enforces no AccessGrant, `);

/** What the samples ask for and do not get, even where the Gateway identifies users. */
const PROBLEMS: Readonly<Record<string, readonly string[]>> = {
  '6-autonomous-monitor': [
    'MCPServer samples/monitor-k8s-mcp: RuntimeProblem: spec.params: runtime "kubernetes" of the registry has no paramsEnvVar, so the server has them only in the variable MCP_PARAMS, which it may not read; remove them, or add paramsEnvVar to the registry',
  ],
  '7-memory-agent': [grantProblem('researchers-to-memory-agents')],
  '8-authorization-walkthrough': [grantProblem('researchers-to-researcher')],
};

/** The names of the objects of this kind, sorted. */
function namesOf(stdout: string, kind: string): string[] {
  return itemsOf(stdout, kind)
    .map(({ metadata }) => metadata.name)
    .sort();
}

function problemsIn(stderr: string): string[] {
  return stderr.split('\n').flatMap((line) => (line.startsWith('problem: ') ? [line.slice('problem: '.length)] : []));
}

describe.each(kaosSamples())('in the KAOS runtime, the sample $name', ({ name, text, objects = [] }) => {
  withUpstream(text).it('runs whole where the Gateway identifies users, and is told what it does not get', () => {
    const { code, stdout, stderr } = renderStdin([text], ...SAMPLE_FLAGS, ...VERIFIED_USERS);
    const run = objects.flatMap(({ kind, metadata }) => (kind in RUN ? [`${RUN[kind]}-${metadata.name}`] : [])).sort();
    expect(namesOf(stdout, 'Deployment')).toEqual(run);
    expect(namesOf(stdout, 'Service')).toEqual(run);
    expect(run.length).toBeGreaterThan(2);
    expect(problemsIn(stderr)).toEqual(PROBLEMS[name] ?? []);
    expect(code).toBe(0);
  });
});

const memory = kaosSamples().find(({ name }) => name === '7-memory-agent');

withUpstream(memory?.text).it(
  'the sample 7-memory-agent of KAOS 0.8 lacks one Agent where nothing identifies users',
  () => {
    const { stdout, stderr } = renderStdin([memory?.text], ...SAMPLE_FLAGS);
    expect(namesOf(stdout, 'Deployment')).toEqual([
      'agent-agent-bot',
      'agent-session-assistant',
      'memorystore-support-memory',
      'modelapi-support-modelapi',
    ]);
    expect(problemsIn(stderr)).toEqual([
      'Agent samples/user-assistant: RuntimeProblem: config.memory.maxReadScope references user scope, but cluster security posture has no user identity',
      ...(PROBLEMS['7-memory-agent'] ?? []),
    ]);
  },
);
