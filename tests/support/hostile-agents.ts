import fc from 'fast-check';
import { agent, type KubernetesObject } from './gateways.ts';

const part = fc.constantFrom('a', 'b', 'team-a', 'models', 'chat', 'completions', 'x1', 'well-known', 'a-b');

/** Texts with what JSON, Go templates and JavaScript take for theirs. */
export const hostileText = fc.oneof(
  fc.string(),
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom('{{', '}}', '"', '\\', '__proto__', '\n'),
);

/** Often what is right, so that one thing that is not meets others that are. */
function mostly(right: readonly string[], ...wrong: readonly string[]): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...right) },
    { weight: 1, arbitrary: fc.constantFrom(...wrong) },
  );
}

const address = fc
  .tuple(
    mostly(['http', 'https'], 'ftp', ''),
    mostly(['a.b', 'A_b', 'u:p@a.b'], '[::1]', '', '{x}', 'a b'),
    mostly(['', ':80', ':8000'], ':9', ':0', ':99999', ':x'),
    mostly(
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
    fc.constantFrom('', '/.well-known/agent-card.json', '?q=1', '#f'),
  )
  .map(([scheme, host, port, route, end]) => `${scheme}://${host}${port}${route}${end}`);

const url = fc.oneof({ weight: 4, arbitrary: address }, { weight: 1, arbitrary: hostileText });

/** An agent as a hostile tenant would make it. */
export const hostileAgent: fc.Arbitrary<KubernetesObject> = fc
  .record({ namespace: part, name: part, url, exposed: fc.boolean() })
  .map(({ namespace, name, url, exposed }) => agent(`${namespace}/${name}`, { url, exposed }));

/** Some of them, with names that are often each other's. */
export const hostileAgents: fc.Arbitrary<KubernetesObject[]> = fc.uniqueArray(hostileAgent, {
  maxLength: 12,
  selector: idOf,
});

export function idOf({ metadata }: KubernetesObject): string {
  return `${metadata.namespace}/${metadata.name}`;
}
