import type { WholeCors } from '../../access/whole-cors.ts';

/** Browsers may always send it. KrakenD would take an empty list of headers for all headers. */
const SAFE_HEADER = 'Accept';

/** https://www.krakend.io/docs/service-settings/cors/ KrakenD answers a preflight itself, before it asks for a token. */
export function corsBlock({ origins, methods, headers, exposeHeaders, credentials, maxAge }: WholeCors): object {
  return {
    allow_origins: origins,
    allow_methods: methods,
    allow_headers: headers.length === 0 ? [SAFE_HEADER] : headers,
    ...(exposeHeaders.length > 0 && { expose_headers: exposeHeaders }),
    allow_credentials: credentials,
    max_age: maxAge,
  };
}
