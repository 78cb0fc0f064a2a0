import type { Demand, Jwt, Limit } from '../../controllers/access/access-rules.ts';
import { oneLine } from '../../controllers/data/quote.ts';

/** Who may call, one sentence for each thing that is demanded: `callers with a token of https://login.example.com/ for "agents"`. */
export function callersOf({ jwt, limit, from }: Demand): readonly string[] {
  return [
    jwt === undefined ? 'everybody' : tokenText(jwt),
    ...(limit === undefined ? [] : [limitText(limit, jwt)]),
    ...(from === undefined ? [] : [fromText(from.namespaces)]),
  ].map(oneLine);
}

/** The same in some words, for a title. */
export function callersInShort({ jwt, limit, from }: Demand): string {
  const who = jwt === undefined ? 'everybody' : 'callers with a token';
  return [who, ...(limit ? ['at a limited rate'] : []), ...(from ? ['from some namespaces'] : [])].join(', ');
}

function tokenText({ issuer, audiences, scopes }: Jwt): string {
  return `callers with a token of ${issuer} for ${audiences.join(' or ')}${scopesText(scopes)}`;
}

function scopesText(scopes: Jwt['scopes'] = {}): string {
  const { all = [], any = [] } = scopes;
  const texts = [
    ...(all.length > 0 ? [`${all.length === 1 ? 'the scope' : 'the scopes'} ${all.join(' and ')}`] : []),
    ...(any.length > 0 ? [`${any.length === 1 ? 'the scope' : 'one of the scopes'} ${any.join(', ')}`] : []),
  ];
  return texts.length === 0 ? '' : `, with ${texts.join(' and ')}`;
}

function limitText({ requests, per, by }: Limit, jwt: Jwt | undefined): string {
  return `at most ${requests} ${requests === 1 ? 'call' : 'calls'} a ${per} ${countedBy(by, jwt)}`;
}

/** KrakenD counts a claim by the header into which the gateway writes it. */
function countedBy(by: string, jwt: Jwt | undefined): string {
  const [kind, name = ''] = by.split(':');
  const [claim] = Object.entries(jwt?.claimHeaders ?? {}).find(([, header]) => header === name) ?? [];
  switch (kind) {
    case 'address':
      return 'for each client address';
    case 'header':
      return claim === undefined ? `for each value of the header ${name}` : `for each ${claim} in the token`;
    case 'claim':
      return `for each ${name} in the token`;
    default:
      return 'in all';
  }
}

function fromText(namespaces: readonly string[]): string {
  const which = namespaces.length === 1 ? 'the namespace' : 'the namespaces';
  return `only pods of ${which} ${[...namespaces].sort().join(', ')} may connect; for calls through a Gateway, the namespace of its pods must be one of them`;
}
