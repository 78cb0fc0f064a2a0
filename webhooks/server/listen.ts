import type { FastifyInstance } from 'fastify';

/** All addresses of the machine, of IPv6 and of IPv4; and the same without IPv6. */
const ALL = '::';
const ALL_OF_IPV4 = '0.0.0.0';

/** What the operating system says of an address of a family that the machine does not have. */
const LACKING: readonly string[] = ['EAFNOSUPPORT', 'EADDRNOTAVAIL'];

/** The addresses to try for the setting HOST, in order. `::` means both families, or IPv4 where the machine has no IPv6. */
export function addressesFor(host: string): readonly [string, ...string[]] {
  return host === ALL ? [ALL, ALL_OF_IPV4] : [host];
}

/** Opens the port on the first of the addresses that the machine has. Throws if it has none, or if the port is in use. */
export async function listenOnFirst(
  server: FastifyInstance,
  [address, ...others]: readonly [string, ...string[]],
  port: number,
): Promise<void> {
  const [next, ...rest] = others;
  try {
    await server.listen({ host: address, port });
  } catch (error) {
    if (next === undefined || !isLacking(error)) {
      throw error;
    }
    await listenOnFirst(server, [next, ...rest], port);
  }
}

function isLacking(error: unknown): boolean {
  return error instanceof Error && 'code' in error && LACKING.includes(String(error.code));
}
