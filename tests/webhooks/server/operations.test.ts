import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import packageJson from '../../../package.json' with { type: 'json' };
import { recordedBody } from '../../support/recordings.ts';
import { testService } from '../../support/service.ts';

const BODY = recordedBody('decorator-sync-agent-research.helper-new');

function changed(spec: object, metadata: object = {}): object {
  const object = BODY['object'] as { spec: object; metadata: object };
  return {
    ...BODY,
    object: { ...object, spec: { ...object.spec, ...spec }, metadata: { ...object.metadata, ...metadata } },
  };
}

describe('the admin port', () => {
  it.each([
    ['/healthz', 'ok'],
    ['/readyz', 'ok'],
    ['/version', JSON.stringify({ name: packageJson.name, version: packageJson.version, node: process.version })],
  ])('serves %s', async (url, text) => {
    const { admin } = testService();
    const { statusCode, body } = await admin.inject(url);
    expect({ statusCode, body }).toEqual({ statusCode: 200, body: text });
  });

  it('says that a draining service is alive but not ready, while hooks still answer', async () => {
    const { admin, lifecycle, post } = testService();
    lifecycle.draining = true;
    const [healthz, readyz] = [await admin.inject('/healthz'), await admin.inject('/readyz')];
    expect({ healthz: healthz.statusCode, readyz: readyz.statusCode }).toEqual({ healthz: 200, readyz: 503 });
    expect(readyz.headers.connection).toBe('close');
    expect((await post('/kaos-routes/sync', BODY)).code).toBe(200);
  });
});

describe('a hook call', () => {
  it('writes one log line without any of its body', async () => {
    const { post, lines } = testService();
    await post('/kaos-routes/sync', changed({ gatewayRoute: { timeout: '100000s' }, model: 'hunter2' }));
    expect(lines).toMatchObject([
      {
        msg: 'hook call',
        controller: 'kaos-routes',
        hook: 'sync',
        kind: 'Agent',
        namespace: 'research',
        name: 'helper',
        code: 200,
        children: 1,
        problems: 1,
        problemList: [{ reason: 'InvalidTimeout', about: 'Agent research/helper' }],
        ms: expect.any(Number),
      },
    ]);
    expect(JSON.stringify(lines)).not.toContain('hunter2');
  });

  it('writes into its log line why there are no children', async () => {
    const { post, lines } = testService({ GATEWAY_API_ENABLED: 'false' });
    await post('/kaos-routes/sync', BODY);
    expect(lines).toMatchObject([{ children: 0, released: 'GatewayDisabled', problems: 0 }]);
  });

  it('is logged and counted once if the caller hangs up', async () => {
    const { hooks, admin, lines } = testService();
    const { port } = new URL(await hooks.listen({ host: '127.0.0.1', port: 0 }));
    const socket = connect(Number(port), '127.0.0.1');
    socket.write(
      'POST /kaos-routes/sync HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n{',
    );
    await wait(100);
    socket.destroy();
    await wait(200);
    const { body } = await admin.inject('/metrics');
    await hooks.close();
    expect(lines.filter(({ msg }) => msg === 'hook call')).toMatchObject([{ controller: 'kaos-routes', code: 499 }]);
    expect(body).toContain('agent_gateway_hooks_calls_total{controller="kaos-routes",hook="sync",code="499"} 1');
  });

  it('adds its duration, size, children and problems to the metrics', async () => {
    const { admin, post } = testService();
    await post('/kaos-routes/sync', changed({ gatewayRoute: { timeout: '100000s' } }));
    await post('/kaos-routes/sync', changed({}, { name: 'a.b' }));
    await post('/kaos-routes/sync', '{');
    const { body, headers } = await admin.inject('/metrics');
    expect(headers['content-type']).toContain('text/plain; version=0.0.4');
    for (const line of [
      'agent_gateway_hooks_call_duration_seconds_count{controller="kaos-routes",hook="sync",code="200"} 2',
      'agent_gateway_hooks_call_duration_seconds_count{controller="kaos-routes",hook="sync",code="400"} 1',
      'agent_gateway_hooks_calls_total{controller="kaos-routes",hook="sync",code="200"} 2',
      'agent_gateway_hooks_request_bytes_count{controller="kaos-routes",hook="sync"} 3',
      'agent_gateway_hooks_children_sum{controller="kaos-routes"} 1',
      'agent_gateway_hooks_children_count{controller="kaos-routes"} 2',
      'agent_gateway_hooks_problems_total{controller="kaos-routes",reason="InvalidTimeout"} 1',
      'agent_gateway_hooks_problems_total{controller="kaos-routes",reason="InvalidName"} 1',
    ]) {
      expect(body).toContain(line);
    }
  });
});
