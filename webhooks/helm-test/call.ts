import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';

/** One call: a GET, or the POST of a body. */
export interface Call {
  readonly url: string;
  readonly body?: string;
  readonly token?: string;
  /** PEM texts: the CA to trust, and the client certificate with its key. */
  readonly ca?: string | undefined;
  readonly cert?: string;
  readonly key?: string;
}

const TIMEOUT_MS = 10_000;

/** The status code of the answer, or the reason why there was none. */
export async function statusOf({ url, body, token, ca, cert, key }: Call): Promise<number | string> {
  const options = {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    signal: AbortSignal.timeout(TIMEOUT_MS),
    ...(ca !== undefined && { ca }),
    ...(cert !== undefined && { cert, key }),
  };
  return new Promise((resolve) => {
    const request = (url.startsWith('https:') ? httpsRequest : httpRequest)(url, options, (response) => {
      response.resume();
      resolve(response.statusCode ?? 'no status');
    });
    request.on('error', ({ message }) => resolve(message));
    request.end(body);
  });
}
