import { describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../support/gateways.ts';
import { agent, GATEWAY_ON, modelApi, observed, ready, type Scene, sync } from '../../support/kaos.ts';

const LLM = ready(modelApi());
const KEYED = { REFERENCE_HASH_KEY_FILE: 'tests/support/reference-hash-key.txt' };
const WITH_SECRET = modelApi({
  proxyConfig: { models: ['*'], configYaml: { fromSecretKeyRef: { name: 'litellm', key: 'k' } } },
});

function secret(content: string): KubernetesObject {
  return { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'litellm', namespace: 'team' }, data: { k: content } };
}

describe('a resource with ready pods is not Programmed', () => {
  it.each<[string, Scene, Scene]>([
    [
      'when only its configuration has changed',
      { parent: modelApi() },
      { parent: modelApi({ proxyConfig: { models: ['openai/*', 'x'] } }) },
    ],
    [
      'when only the Secret of its configuration has changed',
      { parent: WITH_SECRET, related: [secret('b25l')], settings: KEYED },
      { parent: WITH_SECRET, related: [secret('dHdv')], settings: KEYED },
    ],
  ])('%s', (_when, before, after) => {
    const children = observed(sync(before).children);
    expect(sync({ ...before, children }).conditions['Programmed']).toMatchObject({ status: 'True' });
    const changed = sync({ ...after, children });
    expect(changed.conditions['Programmed']).toMatchObject({ status: 'Unknown', reason: 'Pending' });
    expect(changed.pod).toEqual(sync(before).pod);
  });
});

describe('the Gateway address in the status', () => {
  const settings = { ...GATEWAY_ON, GATEWAY_ADDRESS: 'http://gw.example.com' };
  const address = (parent: KubernetesObject, related: readonly KubernetesObject[]) =>
    sync({ parent, related, settings }).status.gatewayAddress;

  it('is set only for a resource with a Service', () => {
    expect(address(agent(), [LLM])).toBe('http://gw.example.com/team/agent/lead');
    expect(address(agent({ agentNetwork: { expose: false } }), [LLM])).toBeUndefined();
    expect(address(agent(), [])).toBeUndefined();
  });

  it('is not set for an Agent that is no longer exposed, but keeps its Service while it waits', () => {
    const children = observed(sync({ parent: agent(), related: [LLM] }).children);
    const hidden = agent({ agentNetwork: { expose: false } });
    const { status, kinds } = sync({ parent: hidden, children, settings });
    expect({ kinds, gatewayAddress: status.gatewayAddress }).toEqual({
      kinds: expect.arrayContaining(['Deployment', 'Service']),
      gatewayAddress: undefined,
    });
  });
});

it('a problem of a resource that waits is reported only in its status', () => {
  const { reply, status } = sync({ parent: agent(), related: [ready(modelApi(), 'llm', false)] });
  expect({ phase: status.phase, problems: reply.problems }).toEqual({ phase: 'Waiting', problems: [] });
});
