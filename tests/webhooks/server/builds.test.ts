import { describe, expect, it } from 'vitest';
import { testController } from '../../support/controllers.ts';
import { recordedBody } from '../../support/recordings.ts';
import { testService } from '../../support/service.ts';

const BODY = recordedBody('decorator-sync-agent-research.helper-new');

async function answer(service: ReturnType<typeof testService>, url: string): Promise<Record<string, unknown>> {
  const { code, text } = await service.post(url, BODY);
  expect(code).toBe(200);
  return JSON.parse(text);
}

describe('the build in the URL of a call', () => {
  it('adds a resync after 30 s if it is not the build of the pod', async () => {
    const service = testService({ BUILD: 'new' });
    const usual = await answer(service, '/kaos-routes/sync?build=new');
    const other = await answer(service, '/kaos-routes/sync?build=old&revision=2');
    expect(other).toEqual({ ...usual, resyncAfterSeconds: 30 });
    expect(usual).not.toHaveProperty('resyncAfterSeconds');
    expect((await service.admin.inject('/metrics')).body).toContain('agent_gateway_hooks_stale_builds_total 1');
  });

  it('adds the resync to an answer without children too', async () => {
    const service = testService({ BUILD: 'new', GATEWAY_API_ENABLED: 'false' });
    const other = await answer(service, '/kaos-routes/sync?build=old');
    expect(other).toEqual({ attachments: [], status: null, resyncAfterSeconds: 30 });
  });

  it.each([
    [5, 5],
    [300, 30],
  ])('leads to the shorter resync: the controller asks for %i s, and the answer for %i s', async (own, asked) => {
    const controller = testController({});
    const later = testController({
      sync: (snapshot) => {
        const reply = controller.sync(snapshot, {} as never);
        if (reply.outcome !== 'apply') {
          throw new Error('expected children');
        }
        return { ...reply, resyncAfterSeconds: own };
      },
    });
    const service = testService({ BUILD: 'new' }, [later]);
    expect((await answer(service, '/test/sync?build=old'))['resyncAfterSeconds']).toBe(asked);
  });

  it.each([
    ['the URL has none', { BUILD: 'new' }, ''],
    ['the pod has no build', {}, '?build=new'],
  ])('adds no resync if %s', async (_case, variables, query) => {
    const service = testService(variables);
    expect(await answer(service, `/kaos-routes/sync${query}`)).not.toHaveProperty('resyncAfterSeconds');
  });

  it('does not change the answer of customize, which has no such field', async () => {
    const { post } = testService({ BUILD: 'new' });
    const { text } = await post(
      '/agent-gateway/customize?build=old',
      recordedBody('decorator-customize-agentgateway-team-a.gw'),
    );
    expect(Object.keys(JSON.parse(text))).toEqual(['relatedResources']);
  });
});

describe('the traceparent header of a call', () => {
  const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
  const SPAN = '00f067aa0ba902b7';
  const line = async (traceparent: string) => {
    const { post, lines } = testService();
    await post('/kaos-routes/sync', BODY, { traceparent });
    return lines[0];
  };

  it.each([`00-${TRACE}-${SPAN}-01`, `cc-${TRACE}-${SPAN}-00-later`])('is in the log line: %s', async (header) => {
    expect(await line(header)).toMatchObject({ trace_id: TRACE, span_id: SPAN });
  });

  it.each([
    `00-${'0'.repeat(32)}-${SPAN}-01`,
    `00-${TRACE}-${'0'.repeat(16)}-01`,
    `00-${TRACE.toUpperCase()}-${SPAN}-01`,
    `00-${TRACE}-${SPAN}`,
    `00-${TRACE}-${SPAN}-0100`,
    `00-${TRACE}-${SPAN}-01-later`,
    `ff-${TRACE}-${SPAN}-01`,
    'x',
  ])('is ignored if it is not valid: %s', async (header) => {
    expect(await line(header)).not.toHaveProperty('trace_id');
  });
});
