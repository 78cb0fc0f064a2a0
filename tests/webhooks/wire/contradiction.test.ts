import { describe, expect, it } from 'vitest';
import { recordedBody } from '../../support/recordings.ts';
import { testService } from '../../support/service.ts';

const KEY = 'research/agent-helper';
const service = (changes: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'agent-helper', namespace: 'research' },
  ...changes,
});

async function sync(maps: object) {
  const { post } = testService({ KAOS_RUNTIME_ENABLED: 'true', DEFAULT_AGENT_IMAGE: 'example/agent:1' });
  return post('/kaos-runtime-agent/sync', { ...recordedBody('composite-sync-agent-research.helper-new'), ...maps });
}

describe('an object that contradicts its keys', () => {
  it.each([
    ['kind', '"Pod" contradicts the key; expected "Service"', { kind: 'Pod' }],
    ['apiVersion', '"v2" contradicts the key; expected "v1"', { apiVersion: 'v2' }],
    [
      'metadata.name',
      '"other" contradicts the key; expected "agent-helper"',
      { metadata: { name: 'other', namespace: 'research' } },
    ],
    [
      'metadata.namespace',
      '"re.search" contradicts the key; expected "research"',
      { metadata: { name: 'agent-helper', namespace: 're.search' } },
    ],
  ])('is refused with its field: %s', async (field, text, changes) => {
    for (const map of ['children', 'related']) {
      const answer = await sync({ [map]: { 'Service.v1': { [KEY]: service(changes) } } });
      expect(answer).toEqual({ code: 400, text: `${map}.Service.v1.${KEY}.${field}: ${text}` });
    }
  });

  it('is refused as a child of another namespace than its parent', async () => {
    const other = service({ metadata: { name: 'agent-helper', namespace: 'other' } });
    const children = { 'Service.v1': { 'other/agent-helper': other } };
    expect(await sync({ children })).toEqual({
      code: 400,
      text: 'children.Service.v1.other/agent-helper: is not in the namespace of its parent; expected "research"',
    });
    expect((await sync({ related: children })).code).toBe(200);
  });

  it('is none if its keys are those of its fields, or if it has no fields', async () => {
    const parts = [service(), service({ metadata: { name: 'agent-helper' } }), { metadata: {} }, null, 'x'];
    for (const part of parts) {
      expect((await sync({ children: { 'Service.v1': { [KEY]: part } } })).code).toBe(200);
    }
    const gateways = { 'GatewayClass.gateway.networking.k8s.io/v1': { eg: { metadata: { name: 'eg' } } } };
    expect((await sync({ related: gateways })).code).toBe(200);
  });

  it('is named on one line, whatever its key is', async () => {
    const { code, text } = await sync({ children: { 'Service.v1': { 'a\n/b': service() } } });
    expect({ code, text }).toEqual({
      code: 400,
      text: 'children.Service.v1.a\\u000a/b.metadata.name: "agent-helper" contradicts the key; expected "b"',
    });
  });
});
