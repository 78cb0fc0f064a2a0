import { describe, expect, it } from 'vitest';
import { agent, mcpServer, modelApi, ready, registry, sync } from '../../support/kaos.ts';

const RELATED = [ready(modelApi()), ready(mcpServer()), registry()];
const says = (field: string) => `${field}: this service does not know the field; remove it, or correct its spelling`;

function accepted(parent: Parameters<typeof sync>[0]['parent']) {
  const { conditions, reply, kinds } = sync({ parent, related: RELATED });
  return { ...conditions['Accepted'], problems: reply.problems.map(({ message }) => message), kinds };
}

describe('a field that no followed version of KAOS has', () => {
  it.each([
    [agent({ harness: { runtime: 'pi' } }), ['spec.harness']],
    [
      agent({ config: { memory: { scope: 'user' }, sytemPrompt: 'x' } }),
      ['spec.config.memory.scope', 'spec.config.sytemPrompt'],
    ],
    [
      agent({ security: { id: 'x' }, container: { ports: [], securityContext: {} } }),
      ['spec.container.ports', 'spec.container.securityContext', 'spec.security'],
    ],
    [mcpServer({ container: { volumeMounts: [] } }), ['spec.container.volumeMounts']],
    [
      modelApi({ proxyConfig: { models: ['*'], apiKey: { valueFrom: { fileRef: 'x' } } } }),
      ['spec.proxyConfig.apiKey.valueFrom.fileRef'],
    ],
    [agent({ 'a\nb': 1 }), ['spec.a\\u000ab']],
  ])('is named, and the resource runs: %j', (parent, fields) => {
    const messages = fields.map(says);
    expect(accepted(parent)).toMatchObject({ status: 'False', reason: 'NoEffect', message: messages.join('; ') });
    expect(accepted(parent).problems).toEqual(messages);
    expect(accepted(parent).kinds).toContain('Deployment');
  });

  it('is named beside other complaints', () => {
    const parent = agent({ harness: {}, container: { env: [{ name: '', value: 'x' }] } });
    expect(accepted(parent).problems).toEqual([expect.not.stringContaining('harness'), says('spec.harness')]);
  });
});

describe('a field of KAOS', () => {
  it.each([
    agent({ config: { memory: { type: 'local', contextLimit: 6, maxSessions: 1, maxSessionEvents: 1 } } }),
    agent({
      config: { systemPrompt: 'x', toolCallMode: 'native', autonomous: { goal: 'x' }, taskConfig: { maxToolCalls: 1 } },
    }),
    agent({
      podSpec: { nodeSelector: { disk: 'ssd' } },
      container: { resources: { limits: { 'example.com/gpu': 1 } } },
    }),
    modelApi({ proxyConfig: { models: ['*'], apiKey: { valueFrom: { secretKeyRef: { name: 's', key: 'k' } } } } }),
    mcpServer({ serviceAccountName: 'a', gatewayRoute: { timeout: '5s' } }),
  ])('is not: %j', (parent) => {
    expect(accepted(parent).problems.filter((message) => message.includes('does not know'))).toEqual([]);
  });
});
