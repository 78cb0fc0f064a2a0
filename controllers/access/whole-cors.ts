import { Value } from '../typebox.ts';
import { Cors } from './access-rules.ts';

/** The rules for pages of other origins, with each default. */
export type WholeCors = Required<Cors>;

/** Adds the defaults of the schema. */
export function wholeCors(cors: Cors): WholeCors {
  return Value.Default(Cors, Value.Clone(cors)) as WholeCors;
}

const SECONDS: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1 };

/** How long browsers keep the answer to a preflight, in seconds. */
export function maxAgeSeconds({ maxAge }: WholeCors): number {
  return Number(maxAge.slice(0, -1)) * (SECONDS[maxAge.slice(-1)] ?? 1);
}
