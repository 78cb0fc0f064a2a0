import { Agent, request } from 'node:https';
import { text } from 'node:stream/consumers';

/** An answer that is not 200 and 429 fails; a 429 says after how many seconds to call again. */
type HookAnswer =
  | { readonly outcome: 'answered'; readonly body: unknown }
  | { readonly outcome: 'refused'; readonly retryAfterSeconds: number };

export interface HookClient {
  readonly call: (path: string, body: object, timeoutMs: number) => Promise<HookAnswer>;
  readonly useToken: (token: string) => void;
  readonly close: () => void;
}

/** Calls hooks as Metacontroller does: it keeps two connections, and an answer counts only if all of it has arrived. */
export function hookClient(port: number, ca: string, token: string): HookClient {
  const agent = new Agent({ keepAlive: true, maxFreeSockets: 2, ca });
  let current = token;
  return {
    call: (path, body, timeoutMs) =>
      send({ port, path, agent, token: current }, Buffer.from(JSON.stringify(body)), timeoutMs),
    useToken: (next) => {
      current = next;
    },
    close: () => agent.destroy(),
  };
}

interface Target {
  readonly port: number;
  readonly path: string;
  readonly agent: Agent;
  readonly token: string;
}

function send({ token, ...target }: Target, body: Buffer, timeoutMs: number): Promise<HookAnswer> {
  const headers = {
    authorization: `Bearer ${token}`,
    'content-type': 'application/json',
    'content-length': body.length,
  };
  const signal = AbortSignal.timeout(timeoutMs);
  return new Promise((resolve, reject) => {
    const outgoing = request({ ...target, host: '127.0.0.1', method: 'POST', headers, signal }, (response) => {
      // It fails if the connection ends before the whole answer.
      text(response)
        .then((answer) => {
          const { statusCode = 0, headers: given } = response;
          if (statusCode === 429) {
            resolve({ outcome: 'refused', retryAfterSeconds: Number(given['retry-after']) });
          } else if (statusCode === 200) {
            resolve({ outcome: 'answered', body: JSON.parse(answer) });
          } else {
            reject(new Error(`${target.path} answers ${statusCode}: ${answer.slice(0, 200)}`));
          }
        })
        .catch(reject);
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}
