import { InvalidArgumentError } from 'commander';

/** A whole number from 1 on, as an option has it. */
export function positive(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) {
    throw new InvalidArgumentError('expected a whole number from 1 on');
  }
  return value;
}
