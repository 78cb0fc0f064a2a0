import { request } from 'node:http';
import { text } from 'node:stream/consumers';

interface HostCall {
  /** The host name that is called, whatever the address. `fetch` would send the address. */
  readonly host: string;
  readonly path: string;
  readonly method?: string;
  readonly body?: object;
}

interface HostAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** Calls a host name at the address of a gateway. Every answer must be JSON. */
export function callHost(address: string, { host, path, method = 'GET', body }: HostCall): Promise<HostAnswer> {
  const headers = { host, ...(body && { 'content-type': 'application/json' }) };
  return new Promise((resolve, reject) => {
    const sent = request(`${address}${path}`, { method, headers }, (response) => {
      text(response)
        .then((json) => resolve({ status: response.statusCode ?? 0, body: JSON.parse(json) }))
        .catch(reject);
    });
    sent.on('error', reject);
    sent.end(body && JSON.stringify(body));
  });
}
