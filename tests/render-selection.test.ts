import { describe, expect, it } from 'vitest';
import { AGENT, firstCells, MODEL, table } from './support/rendering.ts';

const GATEWAY_CLASS = {
  apiVersion: 'runtime.agentic-layer.ai/v1alpha1',
  kind: 'AgentGatewayClass',
  metadata: { name: 'krakend' },
  spec: { controller: 'runtime.agentic-layer.ai/agent-gateway-krakend-controller' },
};

describe('--namespace and --kind select what is rendered', () => {
  const other = { ...AGENT, metadata: { name: 'b', namespace: 'other' } };
  const bad = { ...AGENT, metadata: { name: 'c', namespace: 'bad' }, spec: { ...AGENT.spec, zzz: 1 } };
  const rowsWith = (...flags: string[]) => firstCells(table([AGENT, other, MODEL], ...flags).stdout);

  it.each([
    [[], ['Agent n/a', 'Agent other/b', 'ModelAPI default/m']],
    [
      ['-n', 'n'],
      ['Agent n/a', 'ModelAPI n/m'],
    ],
    [
      ['--namespace', 'other'],
      ['Agent other/b', 'ModelAPI other/m'],
    ],
    [
      ['--kind', 'Agent'],
      ['Agent n/a', 'Agent other/b'],
    ],
    [['--kind', 'modelapis'], ['ModelAPI default/m']],
    [
      ['--kind', 'agents.kaos.tools', '--kind', 'ModelAPI', '-n', 'n'],
      ['Agent n/a', 'ModelAPI n/m'],
    ],
    [['--kind', 'agents.runtime.agentic-layer.ai'], []],
  ])('%j', (flags, rows) => {
    expect(rowsWith(...flags)).toEqual(rows);
  });

  it('and what is reported', () => {
    expect(table([AGENT, bad])).toMatchObject({ code: 1, stderr: expect.stringContaining('spec.zzz') });
    expect(table([AGENT, bad], '-n', 'n')).toMatchObject({ code: 0, stderr: '' });
    expect(table([MODEL, bad], '--kind', 'ModelAPI')).toMatchObject({ code: 0, stderr: '' });
    expect(table([AGENT, bad], '-n', 'bad')).toMatchObject({ code: 1 });
  });

  it('and documents without a namespace are in the selected one, or in none', () => {
    const unplaced = { ...bad, metadata: { name: 'c' } };
    const unfit = { ...GATEWAY_CLASS, spec: { controler: 'x' } };
    expect(table([AGENT, unplaced], '-n', 'n').stderr).toContain('Agent n/c: spec.zzz');
    expect(table([AGENT, unfit], '-n', 'n').stderr).toContain('AgentGatewayClass krakend: spec.controler');
    expect(table([AGENT, unfit], '-n', 'n', '--kind', 'Agent')).toMatchObject({ code: 0, stderr: '' });
  });

  it('but not what is in the cluster', () => {
    const agent = {
      ...GATEWAY_CLASS,
      kind: 'Agent',
      metadata: { name: 'news', namespace: 'agents' },
      spec: { exposed: true },
      status: { url: 'http://news.agents.svc.cluster.local:8000/.well-known/agent-card.json' },
    };
    const gateway = {
      ...GATEWAY_CLASS,
      kind: 'AgentGateway',
      metadata: { name: 'g', namespace: 'front' },
      spec: { agentGatewayClassName: 'krakend' },
    };
    const { stdout, stderr } = table([GATEWAY_CLASS, agent, gateway, AGENT], '-n', 'front', '--kind', 'AgentGateway');
    expect({ stdout, stderr }).toEqual({ stdout: expect.stringContaining('/agents/news'), stderr: '' });
    expect(stdout).not.toContain('Agent n/a');
  });

  it('and a selection without a document is said', () => {
    expect(table([AGENT], '-n', 'nobody')).toEqual({
      code: 0,
      stdout: '',
      stderr:
        'note: nothing to render: no selected document is one of Agent, ModelAPI, MCPServer, MemoryStore, AgentGateway\n',
    });
  });

  it.each(['Agnt', 'Service', ''])('a kind that there is not, as %j, is refused', (kind) => {
    const { code, stderr } = table([AGENT], '--kind', kind);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: `error: option '--kind <kind>' argument '${kind}' is invalid. Allowed kinds are AccessGrant, Agent, AgentGateway, AgentGatewayClass, MCPServer, MemoryStore, ModelAPI.\n`,
    });
  });
});
