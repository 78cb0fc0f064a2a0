import { maxAgeSeconds, type WholeCors } from '../access/whole-cors.ts';
import type { CorsFilter } from '../kubernetes/kinds/http-route.ts';

/** The rules for pages of other origins in the words of Gateway API. A `false` is left out, because Gateway API 1.3 refuses it. */
export function corsFields(cors: WholeCors): CorsFilter['cors'] {
  const { origins, methods, headers, exposeHeaders, credentials } = cors;
  return {
    allowOrigins: origins,
    allowMethods: methods,
    ...(headers.length > 0 && { allowHeaders: headers }),
    ...(exposeHeaders.length > 0 && { exposeHeaders }),
    ...(credentials && { allowCredentials: true }),
    maxAge: maxAgeSeconds(cors),
  };
}
