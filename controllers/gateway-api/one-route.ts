import type { Reply } from '../contract.ts';
import type { HttpRoute, HttpRouteRule } from '../kubernetes/kinds/http-route.ts';
import type { Problem } from '../problem.ts';
import type { ReleaseReason } from '../release-reasons.ts';

/** The only child of a resource, or the first reason why it has none. */
export type OneRoute =
  | { readonly outcome: 'desired'; readonly route: HttpRoute; readonly problems: readonly Problem[] }
  | { readonly outcome: 'none'; readonly reason: ReleaseReason; readonly problems: readonly Problem[] };

/** Answers with the route, or with no children. The status belongs to another controller and is left unchanged. */
export function replyWithRoute(desired: OneRoute): Reply {
  const { problems } = desired;
  return desired.outcome === 'desired'
    ? { outcome: 'apply', children: [desired.route], status: null, problems }
    : { outcome: 'release', reason: desired.reason, status: null, problems };
}

export const routeColumns = ['RESOURCE', 'ADDRESS', 'BACKEND', 'TIMEOUT'] as const;

/** The addresses, backend and timeout of a resource, read from its route: one row for each host name. */
export function routeRows({ about }: { readonly about: string }, desired: OneRoute): readonly (readonly string[])[] {
  if (desired.outcome === 'none') {
    return [[about, `none (${desired.reason})`, '', '']];
  }
  const { rules, hostnames = [''] } = desired.route.spec;
  const { matches, timeouts } = rules[0];
  return hostnames.map((hostname) => [
    about,
    `${hostname}${matches[0].path.value}`,
    backendOf(rules[0]),
    timeouts?.request ?? "the gateway's own",
  ]);
}

/** The Service and its port, and the path there if all calls go to the same one. */
function backendOf({ backendRefs, filters = [] }: HttpRouteRule): string {
  const { name, port } = backendRefs[0];
  const paths = filters.flatMap((filter) =>
    filter.type === 'URLRewrite' && filter.urlRewrite.path.type === 'ReplaceFullPath'
      ? [filter.urlRewrite.path.replaceFullPath]
      : [],
  );
  return [`${name}:${port}`, ...paths].join('');
}
