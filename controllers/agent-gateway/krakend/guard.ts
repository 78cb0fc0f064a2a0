import { limitText } from '../../access/access-of.ts';
import { LIMIT_UNITS } from '../../access/access-rules.ts';
import { canonicalText, hash } from '../../data/hash.ts';
import { Type, Value } from '../../typebox.ts';
import { type AccessBlocks, EVERY } from './access-blocks.ts';

/** What the endpoints of an agent demand of callers. Equal blocks have one name, wherever their rules are in the list. */
export interface Guard {
  readonly name: string;
  readonly blocks: AccessBlocks;
}

/** The guard with these blocks; undefined if there are none. */
export function guardOf(blocks: AccessBlocks): Guard | undefined {
  return Object.keys(blocks).length === 0 ? undefined : { name: hash(canonicalText(blocks)), blocks };
}

/**
 * Whether the plugin lists an agent as a model. It answers `/models` before anybody is asked for a token, so it must not have the ids of
 * agents that demand one.
 */
export function isListed(guard: Guard | undefined): boolean {
  return guard?.blocks['auth/validator'] === undefined;
}

/** Whether a guard counts calls by the address of the caller. */
export function countsAddresses({ blocks }: Guard): boolean {
  return Value.Check(ByAddress, blocks['qos/ratelimit/router']);
}

const ByAddress = Type.Object({ strategy: Type.Literal('ip') });
const Rate = Type.Object({
  every: Type.String(),
  max_rate: Type.Optional(Type.Integer()),
  client_max_rate: Type.Optional(Type.Integer()),
});

/** A guard in short, for tables, and whether a NetworkPolicy limits who connects: `jwt+60/min+from`; `open` if there is neither. */
export function guardText(guard: Guard | undefined, { limitsCallers }: { readonly limitsCallers: boolean }): string {
  const parts = [
    ...(isListed(guard) ? [] : ['jwt']),
    ...limitTexts(guard?.blocks['qos/ratelimit/router']),
    ...(limitsCallers ? ['from'] : []),
  ];
  return parts.join('+') || 'open';
}

function limitTexts(rate: object | undefined): readonly string[] {
  if (!Value.Check(Rate, rate)) {
    return [];
  }
  const per = LIMIT_UNITS.find((unit) => EVERY[unit] === rate.every) ?? 'second';
  return [limitText({ requests: rate.max_rate ?? rate.client_max_rate ?? 0, per })];
}
