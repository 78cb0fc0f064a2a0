import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, expect, it, vi } from 'vitest';
import { testController } from '../../support/controllers.ts';
import { gateway } from '../../support/gateways.ts';
import { type TestService, testService } from '../../support/service.ts';

const open: TestService[] = [];
afterEach(() => Promise.all(open.splice(0).map(({ hooks }) => hooks.close())));

/** A call that takes turns. */
const LARGE = JSON.stringify({
  object: gateway(),
  attachments: { 'ConfigMap.v1': {} },
  related: {},
  finalizing: false,
  controller: { metadata: Array.from({ length: 400_000 }, () => ({})) },
});

it('leaves out the large bodies of callers that are gone when their turn comes', async () => {
  const answered: number[] = [];
  const gone = () => sockets.slice(1, 4).forEach((socket) => void socket.resetAndDestroy());
  const controller = testController({
    sync: () => {
      answered.push(performance.now());
      gone();
      return { outcome: 'release', reason: 'Deleting', status: null, problems: [] };
    },
  });
  const service = testService({ MAX_CALLS_IN_FLIGHT: '10' }, [controller]);
  open.push(service);
  await service.hooks.listen({ host: '127.0.0.1', port: 0 });
  const { port } = service.hooks.server.address() as AddressInfo;
  const head = `POST /test/sync HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${LARGE.length}\r\n\r\n`;
  const sockets = Array.from({ length: 5 }, () => connect(port, '127.0.0.1').on('error', () => undefined));
  // All but the last byte, so that all bodies are complete at the same time.
  for (const socket of sockets) {
    socket.write(head + LARGE.slice(0, -1));
  }
  await wait(500);
  for (const socket of sockets) {
    socket.write('}');
  }
  await vi.waitFor(() => expect(answered.length).toBeGreaterThanOrEqual(2), { timeout: 20_000 });
  await wait(1000);
  expect(service.lines.filter(({ code }) => code === 499)).toHaveLength(3);
  expect(answered).toHaveLength(2);
});
