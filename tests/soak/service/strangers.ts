import { once } from 'node:events';
import { request } from 'node:https';
import { setTimeout as wait } from 'node:timers/promises';
import { connect } from 'node:tls';

const PATH = '/kaos-routes/sync';
const HEAD_TIMEOUT_MS = 5000;

/** Calls a hook without a valid token, and returns why it was not refused; undefined if it was, or if it could not call. */
export async function strangerCalls(port: number, ca: string): Promise<string | undefined> {
  const headers = { authorization: 'Bearer not-the-token', 'content-type': 'application/json' };
  const signal = AbortSignal.timeout(HEAD_TIMEOUT_MS);
  const outgoing = request({ host: '127.0.0.1', port, path: PATH, method: 'POST', headers, ca, signal, agent: false });
  outgoing.end('{}');
  const code = await once(outgoing, 'response').then(
    ([response]) => {
      response.resume();
      return response.statusCode as number;
    },
    () => undefined,
  );
  return code === undefined || code === 401 || code === 429 ? undefined : `a stranger got ${code}; expected 401`;
}

/** Sends half of a body and goes away. */
export async function sendHalfABody(port: number, ca: string, token: string): Promise<void> {
  const socket = connect({ host: '127.0.0.1', port, ca });
  socket.on('error', () => undefined);
  const head = [
    `POST ${PATH} HTTP/1.1`,
    'host: hooks',
    `authorization: Bearer ${token}`,
    'content-type: application/json',
  ];
  socket.write([...head, 'content-length: 5000', '', '{"controller":{},"object":{"kind":"Agent"'].join('\r\n'));
  await wait(500);
  socket.destroy();
}
