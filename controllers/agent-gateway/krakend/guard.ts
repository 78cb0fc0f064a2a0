import { canonicalText, hash } from '../../data/hash.ts';
import { Type, Value } from '../../typebox.ts';
import type { AccessBlocks } from './access-blocks.ts';

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
