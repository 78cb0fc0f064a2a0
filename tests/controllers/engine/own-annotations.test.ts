import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { annotationFaults, SETTABLE } from '../../../controllers/engine/own-annotations.ts';
import { filesIn } from '../../../webhooks/evaluate/files.ts';
import { readDocument } from '../../support/documents.ts';
import { AGENT, MODEL, renderStdin } from '../../support/rendering.ts';
import { ROOT } from '../../support/run.ts';

const AGENTIC = 'runtime.agentic-layer.ai/v1alpha1';
const gateway = { apiVersion: AGENTIC, kind: 'AgentGateway' };
const gatewayClass = { apiVersion: AGENTIC, kind: 'AgentGatewayClass' };
const server = { apiVersion: 'kaos.tools/v1alpha1', kind: 'MCPServer' };

function faultsOf(kind: typeof gateway, ...names: readonly string[]): readonly string[] {
  const annotations = Object.fromEntries(names.map((name) => [name, '1']));
  return annotationFaults({ ...kind, metadata: { name: 'a', namespace: 'n', annotations } });
}

const ALL =
  'agent-gateway-hooks/requests-cpu, agent-gateway-hooks/requests-memory, agent-gateway-hooks/limits-cpu, agent-gateway-hooks/limits-memory, agent-gateway-hooks/autoscaled, agent-gateway-hooks/pod-spec, agent-gateway-hooks/hostnames';
const NOT_OURS = 'is not an annotation of agent-gateway-hooks, so it has no effect';

describe('an annotation without effect is named:', () => {
  it.each([
    [
      'a misspelt one',
      gateway,
      'agent-gateway-hooks/limit-memory',
      `${NOT_OURS}; did you mean agent-gateway-hooks/limits-memory?`,
    ],
    [
      'one in another case',
      gateway,
      'agent-gateway-hooks/Limits-CPU',
      `${NOT_OURS}; did you mean agent-gateway-hooks/limits-cpu?`,
    ],
    [
      'one with a misspelt prefix',
      gateway,
      'agent-gatway-hooks/limits-cpu',
      `${NOT_OURS}; did you mean agent-gateway-hooks/limits-cpu?`,
    ],
    ['one like no other', gateway, 'agent-gateway-hooks/zzz', `${NOT_OURS}; those of AgentGateway are ${ALL}`],
    ['an empty one', gateway, 'agent-gateway-hooks/', `${NOT_OURS}; those of AgentGateway are ${ALL}`],
    [
      'one of another kind',
      server,
      'agent-gateway-hooks/limits-cpu',
      'has no effect on MCPServer of kaos.tools/v1alpha1; it is for AgentGateway',
    ],
    [
      'any on a kind that has none',
      gatewayClass,
      'agent-gateway-hooks/replicas',
      `${NOT_OURS}; AgentGatewayClass has none`,
    ],
    [
      'any other on a KAOS kind',
      server,
      'agent-gateway-hooks/replicas',
      `${NOT_OURS}; those of MCPServer are agent-gateway-hooks/pod-metadata`,
    ],
    [
      'one on the same kind of another group',
      { ...gateway, apiVersion: 'other/v1' },
      'agent-gateway-hooks/limits-cpu',
      'has no effect on AgentGateway of other/v1; it is for AgentGateway.runtime.agentic-layer.ai/v1alpha1',
    ],
    [
      'one that the hooks write on children',
      gateway,
      'agent-gateway-hooks/spec-hash',
      'has no effect here; remove it: agent-gateway-hooks writes it on objects that it makes',
    ],
  ])('%s', (_what, kind, name, text) => {
    expect(faultsOf(kind, name)).toEqual([`metadata.annotations.${name}: ${text}`]);
  });

  it('and an annotation that has one, or that is of another program, is not', () => {
    expect(
      faultsOf(gateway, ...ALL.split(', '), 'example.com/limit-cpu', 'limits-cpu', 'metacontroller.k8s.io/x'),
    ).toEqual([]);
    expect(annotationFaults({ ...gateway, metadata: { name: 'a' } })).toEqual([]);
    expect(annotationFaults({ ...gateway, metadata: { annotations: null } })).toEqual([]);
  });

  it('but of very many only the first, with the number of the others', () => {
    const names = Array.from({ length: 5000 }, (_, index) => `agent-gateway-hooks/a${index}`);
    const faults = faultsOf(gateway, ...names);
    expect(faults).toHaveLength(11);
    expect(faults[10]).toBe('metadata.annotations: 4990 more of agent-gateway-hooks/ have no effect');
  });
});

describe('render and the status report an annotation without effect', () => {
  const annotations = { 'agent-gateway-hooks/limit-memory': '1Gi' };
  const annotated = <Object extends { readonly metadata: object }>(object: Object) => ({
    ...object,
    metadata: { ...object.metadata, annotations },
  });
  const classOf = {
    apiVersion: AGENTIC,
    kind: 'AgentGatewayClass',
    metadata: { name: 'krakend', annotations: { 'agentgatewayclass.kubernetes.io/is-default-class': 'true' } },
    spec: { controller: 'runtime.agentic-layer.ai/agent-gateway-krakend-controller' },
  };
  const named = (object: { readonly kind: string }) => ({ ...object, metadata: { name: 'a', namespace: 'n' } });

  it.each([
    ['an AgentGateway', annotated(named(gateway)), 'AgentGateway n/a'],
    ['a KAOS Agent', annotated(AGENT), 'Agent n/a'],
    ['a ModelAPI', annotated({ ...MODEL, metadata: { name: 'm', namespace: 'n' } }), 'ModelAPI n/m'],
    ['an MCPServer', annotated({ ...named(server), spec: { runtime: 'python-string' } }), 'MCPServer n/a'],
    ['an exposed Agent', annotated({ ...named({ ...gateway, kind: 'Agent' }), spec: {} }), 'Agent n/a'],
    ['an AgentGatewayClass', annotated({ ...classOf, metadata: { name: 'other' } }), 'AgentGatewayClass other'],
  ])('of %s once', (_what, object, about) => {
    const { stderr } = renderStdin([classOf, object], '--kaos-runtime');
    const lines = stderr.split('\n').filter((line) => line.includes('agent-gateway-hooks/limit-memory'));
    expect(lines).toEqual([expect.stringContaining(`problem: ${about}: UnknownAnnotation: metadata.annotations.`)]);
  });
});

describe('the table of annotations', () => {
  it('is the only place in the code that names one', () => {
    const files = filesIn(path.join(ROOT, 'controllers')).filter((file) => !file.endsWith('/own-annotations.ts'));
    expect(files.length).toBeGreaterThan(100);
    const named = files.flatMap((file) => readFileSync(file, 'utf8').match(/agent-gateway-hooks\/[a-z-]+(?=')/g) ?? []);
    expect(named).toEqual([]);
  });

  it('is in the page about controllers, which explains all that users set, and no other', () => {
    const rows = [...readDocument('docs/controllers.md').matchAll(/^\| (`agent-gateway-hooks\/.*?) \|/gm)];
    const explained = rows.flatMap(([, cell = '']) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name));
    expect(explained.sort()).toEqual(
      Object.values(SETTABLE)
        .map(({ name }) => name)
        .sort(),
    );
  });
});
