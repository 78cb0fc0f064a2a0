import { demandText } from './access-of.ts';
import type { Demand, Jwt, Limit } from './access-rules.ts';
import { headersOfClaims } from './claims.ts';

/**
 * What a change does to who may call. `opened`: calls pass that did not pass before. `others`: some pass that did not, and neither set of
 * calls contains the other. `closed`: fewer pass.
 */
export type Opening = 'opened' | 'others' | 'closed';

/** A part of a demand that changes, in words. A text is undefined if the part demands nothing. */
export interface PartChange {
  readonly part: PartName;
  readonly opening: Opening;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

type PartName = 'token' | 'audiences' | 'scopes' | 'headers' | 'limit' | 'namespaces';

/** A part of what callers must have. */
interface Part {
  readonly name: PartName;
  /** What it demands, in words; undefined if nothing. */
  readonly text: (demand: Demand) => string | undefined;
  /** Whether every call that passes this part of one demand passes that of the other, too. */
  readonly isWithin: (one: Demand, other: Demand) => boolean;
}

const PARTS: readonly Part[] = [
  { name: 'token', text: ({ jwt }) => jwt && tokenText(jwt), isWithin: isTokenWithin },
  { name: 'audiences', text: ({ jwt }) => jwt?.audiences.join(', '), isWithin: ofTokens(isAudienceWithin) },
  { name: 'scopes', text: ({ jwt }) => jwt && scopesText(jwt), isWithin: ofTokens(isScopeWithin) },
  { name: 'headers', text: ({ jwt }) => jwt && headersText(jwt), isWithin: ofTokens(areHeadersWithin) },
  { name: 'limit', text: ({ limit }) => limit && `${demandText({ limit })} by ${limit.by}`, isWithin: isLimitWithin },
  { name: 'namespaces', text: ({ from }) => from?.namespaces.join(', '), isWithin: areNamespacesWithin },
];

/** The parts of a demand that a caller must meet, each with its name, in words. Empty if everybody may call. */
export function demandParts(demand: Demand): readonly (readonly [PartName, string])[] {
  return PARTS.flatMap(({ name, text }) => {
    const own = text(demand);
    return own === undefined ? [] : [[name, own] as const];
  });
}

/** What becomes of the parts of a demand. A demand asks for all of its parts, so one that opens lets calls pass, whatever the others do. */
export function demandChanges(before: Demand, after: Demand): readonly PartChange[] {
  return PARTS.flatMap(({ name, text, isWithin }) => {
    const opening = openingOf(isWithin(before, after), isWithin(after, before));
    return opening === undefined ? [] : [{ part: name, opening, before: text(before), after: text(after) }];
  });
}

/** What becomes of who may call: that of the part that opens most. Undefined if the same calls pass. */
export function openingBy(changes: readonly PartChange[]): Opening | undefined {
  const order: readonly Opening[] = ['opened', 'others', 'closed'];
  return order.find((opening) => changes.some((change) => change.opening === opening));
}

function openingOf(isOldWithin: boolean, isNewWithin: boolean): Opening | undefined {
  if (isOldWithin) {
    return isNewWithin ? undefined : 'opened';
  }
  return isNewWithin ? 'closed' : 'others';
}

function tokenText({ issuer, jwksUri, algorithm }: Jwt): string {
  return `${issuer}, keys ${jwksUri}, ${algorithm ?? DEFAULT_ALGORITHM}`;
}

const DEFAULT_ALGORITHM = 'RS256';

function isTokenWithin({ jwt: one }: Demand, { jwt: other }: Demand): boolean {
  return other === undefined || (one !== undefined && tokenText(one) === tokenText(other));
}

/** The parts of a token count only if both demand one. Those of another issuer cannot be compared. */
function ofTokens(isWithin: (one: Jwt, other: Jwt) => boolean): Part['isWithin'] {
  return ({ jwt: one }, { jwt: other }) => {
    if (one === undefined || other === undefined) {
      return true;
    }
    return isWithin(one, other) && (tokenText(one) === tokenText(other) || isWithin(other, one));
  };
}

function isAudienceWithin(one: Jwt, other: Jwt): boolean {
  return isSubset(one.audiences, other.audiences);
}

function scopesText({ scopes: { all, any } = {} }: Jwt): string | undefined {
  const texts = [all && `all of ${all.join(', ')}`, any && `one of ${any.join(', ')}`];
  return texts.filter((text) => text !== undefined).join(' and ') || undefined;
}

/** Whether every token with the scopes of one has those of the other. Of one scope, any is all. */
function isScopeWithin({ scopes: { all: must = [], any = [] } = {} }: Jwt, { scopes: other = {} }: Jwt): boolean {
  const has = any.length === 1 ? [...must, ...any] : must;
  const isAny = ({ any: wanted = [] }: NonNullable<Jwt['scopes']>) =>
    wanted.length === 0 || wanted.some((scope) => has.includes(scope)) || (any.length > 0 && isSubset(any, wanted));
  return isSubset(other.all ?? [], has) && isAny(other);
}

function headersText(jwt: Jwt): string | undefined {
  const texts = headersOfClaims(jwt).map(([claim, header]) => `${header} from ${claim}`);
  return texts.join(', ') || undefined;
}

/** Without such a header of the gateway's own, a caller can send it, and be whom it wants. */
function areHeadersWithin(one: Jwt, other: Jwt): boolean {
  const texts = (jwt: Jwt) => headersOfClaims(jwt).map((pair) => pair.join(' '));
  return isSubset(texts(other), texts(one));
}

const SECONDS: Readonly<Record<Limit['per'], number>> = { second: 1, minute: 60, hour: 3600, day: 86_400 };

/** 60 a minute lets 60 calls pass at once, and one a second does not. Calls that are counted together are at most as many as those of one caller. */
function isLimitWithin({ limit: one }: Demand, { limit: other }: Demand): boolean {
  if (one === undefined || other === undefined) {
    return other === undefined;
  }
  return (
    one.requests <= other.requests &&
    one.requests * SECONDS[other.per] <= other.requests * SECONDS[one.per] &&
    (one.by === other.by || one.by === 'all')
  );
}

function areNamespacesWithin({ from: one }: Demand, { from: other }: Demand): boolean {
  return other === undefined || (one !== undefined && isSubset(one.namespaces, other.namespaces));
}

function isSubset(part: readonly string[], whole: readonly string[]): boolean {
  return part.every((item) => whole.includes(item));
}
