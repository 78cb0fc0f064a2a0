import { describe, expect, it } from 'vitest';
import { agent, mcpServer, memoryStore, modelApi, ready, registry, type Scene, sync } from '../../support/kaos.ts';

const AGENT: Scene = { parent: agent(), related: [ready(modelApi())] };
const PROXY: Scene = { parent: modelApi() };
const HOSTED: Scene = { parent: modelApi({ mode: 'Hosted', hostedConfig: { model: 'm' } }) };
const STORE: Scene = { parent: memoryStore(), related: [ready(modelApi())] };
const SERVER: Scene = { parent: mcpServer(), related: [registry()] };

const PODS = [
  ['an Agent', AGENT],
  ['LiteLLM', PROXY],
  ['Ollama', HOSTED],
  ['an MCPServer', SERVER],
  ['a MemoryStore', STORE],
] as const;

describe('D35: a hardened pod', () => {
  it.each(PODS)('KAOS 0.8, row 16: of %s gets no variables of Services, such as AGENT_PORT', (_what, scene) => {
    expect(sync(scene).pod.enableServiceLinks).toBe(false);
  });

  it.each(PODS)('of %s meets the Pod Security Standard, except for rules about users', (_what, scene) => {
    const { pod } = sync(scene);
    expect(pod).toMatchObject({
      automountServiceAccountToken: false,
      securityContext: { seccompProfile: { type: 'RuntimeDefault' } },
    });
    for (const { securityContext } of [...pod.containers, ...(pod.initContainers ?? [])]) {
      expect(securityContext).toEqual({ allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } });
    }
  });

  it('of an Agent runs as the non-root user of its image, and the others as the users of theirs', () => {
    expect(sync(AGENT).pod.securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 65_532 });
    for (const scene of [PROXY, HOSTED, SERVER, STORE]) {
      expect(sync(scene).pod.securityContext).not.toHaveProperty('runAsNonRoot');
    }
  });

  it('has other settings if the podSpec has them', () => {
    const podSpec = { securityContext: { runAsUser: 1000 }, automountServiceAccountToken: true };
    expect(sync({ ...AGENT, parent: agent({ podSpec }) }).pod).toMatchObject({
      automountServiceAccountToken: true,
      securityContext: { runAsNonRoot: true, runAsUser: 1000 },
    });
  });
});
