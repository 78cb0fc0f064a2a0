import { fitsPattern } from '../data/name-pattern.ts';
import { ownField } from '../data/plain-object.ts';
import { quote } from '../data/quote.ts';
import { type AccessRule, type AccessRules, CLAIM_NAME, type Cors, JWKS_URI, type Jwt } from './access-rules.ts';

/** What the settings allow in rules. */
export interface RuleLimits {
  /** Whether gateways may read keys over http, where anyone on the way can replace them. */
  readonly httpJwks: boolean;
}

/** The faults of rules that fit their schema: what two fields say together. Each begins with the path of a field. */
export function ruleFaults({ rules = [], cors }: AccessRules, limits: RuleLimits): readonly string[] {
  return [
    ...rules.flatMap((rule, index) => faultsOf(rule, { path: `rules[${index}]`, ...limits })),
    ...unreachable(rules),
    ...(cors === undefined ? [] : corsFaults(cors)),
  ];
}

type Match = NonNullable<AccessRule['match']>;

interface Place extends RuleLimits {
  readonly path: string;
}

function faultsOf(rule: AccessRule, place: Place): readonly string[] {
  return [
    ...verdictFaults(rule, place),
    ...(rule.jwt === undefined ? [] : jwtFaults(rule.jwt, { ...place, path: `${place.path}.jwt` })),
    ...limitFaults(rule, place),
  ];
}

/** A rule says one thing: everybody, nobody, or those who meet its demands. */
function verdictFaults({ allow, deny, jwt, limit, from }: AccessRule, { path }: Place): readonly string[] {
  const demands = [jwt, limit, from].some((demand) => demand !== undefined);
  const verdicts = [allow === true, deny === true, demands].filter((verdict) => verdict).length;
  return verdicts === 1
    ? []
    : [
        `${path}: says ${verdicts === 0 ? 'nothing' : 'two things'}; expected allow: true, deny: true, or one or more of jwt, limit and from`,
      ];
}

function jwtFaults({ jwksUri, scopes, claimHeaders = {} }: Jwt, { path, httpJwks }: Place): readonly string[] {
  const headers = Object.values(claimHeaders).map((header) => header.toLowerCase());
  const asked = [scopes?.all, scopes?.any].filter((list) => list !== undefined).length;
  const [, , , port] = new RegExp(JWKS_URI).exec(jwksUri) ?? [];
  return [
    ...(port !== undefined && !isPort(Number(port))
      ? [`${path}.jwksUri: ${quote(jwksUri)} is not valid; expected a port from 1 to 65535`]
      : []),
    ...(jwksUri.startsWith('http://') && !httpJwks
      ? [`${path}.jwksUri: ${quote(jwksUri)} is not valid; expected https://, or ACCESS_HTTP_JWKS set to true`]
      : []),
    ...(scopes !== undefined && asked !== 1 ? [`${path}.scopes: expected either all or any`] : []),
    ...Object.keys(claimHeaders)
      .filter((claim) => !CLAIM_NAME.test(claim))
      .map(
        (claim) => `${path}.claimHeaders: ${quote(claim)} is not a valid claim; expected letters, digits, '_' and '-'`,
      ),
    ...(new Set(headers).size < headers.length
      ? [`${path}.claimHeaders: two claims have the same header; expected another header for each`]
      : []),
  ];
}

function isPort(port: number): boolean {
  return port >= 1 && port <= 65_535;
}

/** A limit by a claim counts by the header of the claim, which a caller cannot set. */
function limitFaults({ jwt, limit }: AccessRule, { path }: Place): readonly string[] {
  const [by, name = ''] = limit?.by.split(':') ?? [];
  return by === 'claim' && ownField(jwt?.claimHeaders ?? {}, name) === undefined
    ? [
        `${path}.limit.by: "claim:${name}" has no header; expected jwt.claimHeaders.${name} in the same rule, such as X-User`,
      ]
    : [];
}

/** A rule that never decides, because one before it is for all of its resources. */
function unreachable(rules: readonly AccessRule[]): readonly string[] {
  return rules.flatMap(({ match = {} }, index) => {
    const first = rules.slice(0, index).findIndex((earlier) => covers(earlier.match ?? {}, match));
    return first < 0
      ? []
      : `rules[${index}]: is never reached, because rules[${first}] is for all resources that it is for; put it before that one, or remove it`;
  });
}

/** Whether a match fits all resources that another one fits. */
function covers(wide: Match, narrow: Match): boolean {
  const { kinds, namespaces, names, labels = {} } = wide;
  return (
    coversList(kinds, narrow.kinds, (kind, wider) => kind === wider || kind.startsWith(`${wider}.`)) &&
    coversList(namespaces, narrow.namespaces, fitsPattern) &&
    coversList(names, narrow.names, fitsPattern) &&
    Object.entries(labels).every(([key, value]) => ownField(narrow.labels ?? {}, key) === value)
  );
}

/** An asterisk of the narrow pattern fits only an asterisk of the wide one, so the wide one fits whatever it stands for. */
function coversList(
  wide: readonly string[] | undefined,
  narrow: readonly string[] | undefined,
  fits: (one: string, wider: string) => boolean,
): boolean {
  return wide === undefined || (narrow?.every((one) => wide.some((wider) => fits(one, wider))) ?? false);
}

function corsFaults({ origins, headers = [], exposeHeaders = [], credentials }: Cors): readonly string[] {
  return [
    ...(credentials === true && origins.includes('*')
      ? ['cors.origins: "*" is not valid with credentials: true; expected the origins of the pages']
      : []),
    ...Object.entries({ origins, headers, exposeHeaders })
      .filter(([, items]) => items.length > 1 && items.includes('*'))
      .map(([name]) => `cors.${name}: "*" is not valid beside other items; expected "*" alone, or the other items`),
  ];
}
