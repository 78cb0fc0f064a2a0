import type { Desired } from './desired.ts';
import type { Observed } from './observed.ts';

export const columns = ['RESOURCE', 'ADDRESS', 'BACKEND', 'TIMEOUT'] as const;

/** The addresses, backend and timeout of a resource, read from its route: one row for each host name. */
export function rows({ about }: Observed, desired: Desired): readonly (readonly string[])[] {
  if (desired.outcome === 'none') {
    return [[about, `none (${desired.reason})`, '', '']];
  }
  const { rules, hostnames = [''] } = desired.route.spec;
  const { matches, backendRefs, timeouts } = rules[0];
  const { name, port } = backendRefs[0];
  return hostnames.map((hostname) => [
    about,
    `${hostname}${matches[0].path.value}`,
    `${name}:${port}`,
    timeouts?.request ?? "the gateway's own",
  ]);
}
