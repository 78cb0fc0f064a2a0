import { type Command, Option } from 'commander';
import type { Controller } from '../../controllers/contract.ts';
import type { Variables } from '../settings/settings.ts';

/** Adds a flag for each group of controllers that is off by default. */
export function addControllerFlags(program: Command, controllers: readonly Controller[]): void {
  for (const flag of new Set(controllers.flatMap(({ onDemand }) => onDemand?.flag ?? []))) {
    const names = controllers.filter(({ onDemand }) => onDemand?.flag === flag).map(({ name }) => name);
    program.addOption(new Option(`--${flag}`, `turn on controllers that are off by default: ${names.join(', ')}`));
  }
}

/** The controllers that are on by default, and those that a flag turns on. */
export function chosenControllers(
  controllers: readonly Controller[],
  flags: Readonly<Record<string, unknown>>,
): readonly Controller[] {
  return controllers.filter(({ onDemand }) => {
    const name = onDemand && new Option(`--${onDemand.flag}`).attributeName();
    return name === undefined || flags[name] === true;
  });
}

/** The variables that turn these controllers on, if they need any. */
export function turnedOn(chosen: readonly Controller[]): Variables {
  return Object.assign({}, ...chosen.map(({ onDemand }) => onDemand?.variables));
}
