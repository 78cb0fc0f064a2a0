import fc from 'fast-check';
import { agent, type KubernetesObject } from './gateways.ts';
import { mostly } from './mostly.ts';

const part = fc.constantFrom('a', 'b', 'team-a', 'models', 'chat', 'completions', 'x1', 'well-known', 'a-b');

/** Random texts, some with syntax of JSON, Go templates or JavaScript. */
export const hostileText = fc.oneof(
  fc.string(),
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom('{{', '}}', '"', '\\', '__proto__', '\n'),
);

/** One address part in twelve is wrong, so that about two addresses in three are right. */
function usually(right: readonly string[], ...wrong: readonly string[]): fc.Arbitrary<string> {
  return mostly(fc.constantFrom(...right), fc.constantFrom(...wrong), 11);
}

const address = fc
  .tuple(
    usually(['http', 'https'], 'ftp', ''),
    usually(['a.b', 'A_b', 'u:p@a.b'], '[::1]', '', '{x}', 'a b'),
    usually(['', ':80', ':8000'], ':9', ':0', ':99999', ':x'),
    usually(
      ['', '/', '/a', '/api/v1', '//x//'],
      '/__health',
      '/v1/__echo/x',
      '/a/{id}',
      '/:id',
      '/*',
      '/..',
      '/%7B%7B',
      '/{{ env "HOME" }}',
      '/"',
    ),
    usually(['', '/.well-known/agent-card.json'], '?q=1', '#f'),
  )
  .map(([scheme, host, port, route, end]) => `${scheme}://${host}${port}${route}${end}`);

const url = mostly(address, hostileText, 7);

/** An agent that a hostile tenant might create. */
export const hostileAgent: fc.Arbitrary<KubernetesObject> = fc
  .record({ namespace: part, name: part, url, exposed: mostly(fc.constant(true), fc.constant(false)) })
  .map(({ namespace, name, url, exposed }) => agent(`${namespace}/${name}`, { url, exposed }));

/** Hostile agents, many of which share a name across namespaces. */
export const hostileAgents: fc.Arbitrary<KubernetesObject[]> = fc.uniqueArray(hostileAgent, {
  maxLength: 12,
  selector: idOf,
});

export function idOf({ metadata }: KubernetesObject): string {
  return `${metadata.namespace}/${metadata.name}`;
}
