import { describe, expect, it } from 'vitest';
import { agent, mcpServer, modelApi, ready, type Scene, sync } from '../../support/kaos.ts';

const LLM = ready(modelApi());

describe('of several reasons to hold a resource, the status reports', () => {
  const deletionTimestamp = '2026-01-01T00:00:00Z';
  const server = mcpServer({ runtime: 'custom', container: { image: 'x' }, serviceAccountName: '!' });
  const noImage = { containers: [{ name: 'mcp-server', image: '' }] };

  it.each<[string, Scene, string]>([
    [
      'its deletion before its name',
      { parent: agent({}, { name: 'a.b', deletionTimestamp }) },
      'The resource is being deleted',
    ],
    ['its name before its references', { parent: agent({}, { name: 'a.b' }) }, 'metadata.name: '],
    [
      'its references before its image',
      { parent: agent(), settings: { DEFAULT_AGENT_IMAGE: '' } },
      'ModelAPI llm not found',
    ],
    [
      'its model before its MCP servers',
      { parent: agent({ mcpServers: ['calc'] }), related: [ready(modelApi(), 'llm', false)] },
      'ModelAPI is not ready',
    ],
    [
      'the first of its MCP servers',
      { parent: agent({ mcpServers: ['calc', 'gone'] }), related: [LLM, ready(mcpServer(), 'calc', false)] },
      'MCPServer calc is not ready',
    ],
    [
      'its service account before its image',
      { parent: { ...server, spec: { ...(server['spec'] as object), podSpec: noImage } } },
      'Failed to construct Deployment: spec.serviceAccountName: ',
    ],
  ])('%s', (_case, scene, message) => {
    expect(sync(scene).status.message).toMatch(new RegExp(`^${message}`));
  });
});
