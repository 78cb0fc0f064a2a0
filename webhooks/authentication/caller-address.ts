/** IPv4 addresses as a server that listens on both families sees them: `::ffff:10.0.0.7`. */
const IPV4_IN_IPV6 = /^::ffff:(?=[0-9]+\.)/i;

/** The address of a caller, the same whether the server listens on IPv4 or on both families. */
export function callerAddress({ remoteAddress }: { readonly remoteAddress?: string | undefined }): string | undefined {
  return remoteAddress?.replace(IPV4_IN_IPV6, '');
}
