import { type Command, Option } from 'commander';
import type { Controller, OnDemand } from '../../controllers/contract.ts';
import type { PlainObject } from '../../controllers/data/plain-object.ts';
import { chartValue } from '../settings/chart-variables.ts';
import type { Variables } from '../settings/settings.ts';

/** Adds a flag for each group of controllers that is off by default. */
export function addControllerFlags(program: Command, controllers: readonly Controller[]): void {
  for (const flag of new Set(controllers.flatMap(({ onDemand }) => onDemand?.flag ?? []))) {
    const names = controllers.filter(({ onDemand }) => onDemand?.flag === flag).map(({ name }) => name);
    program.addOption(new Option(`--${flag}`, `turn on controllers that are off by default: ${names.join(', ')}`));
  }
}

/** The controllers that are on, and those that a flag turns on. */
export function chosenControllers(
  controllers: readonly Controller[],
  flags: Readonly<Record<string, unknown>>,
  isOn: (controller: Controller) => boolean,
): readonly Controller[] {
  return controllers.filter((controller) => {
    const flag = controller.onDemand && flagOf(controller.onDemand);
    return isOn(controller) || (flag !== undefined && flags[flag] === true);
  });
}

/** The flag that turns a controller on, as commander names it: `kaosRuntime`. */
export function flagOf({ flag }: OnDemand): string {
  return new Option(`--${flag}`).attributeName();
}

/** Whether a controller is on if nothing says which ones are. */
export function isOnByDefault({ onDemand }: Controller): boolean {
  return onDemand === undefined;
}

/** By the flag of a controller, or by its name if it has none. */
const INSTALLED_BY: Readonly<Record<string, string>> = {
  'kaos-routes': 'kaosRoutes.enabled',
  'agent-gateway': 'agentGateway.enabled',
  'agent-routes': 'agentRoutes.enabled',
  'kaos-runtime': 'kaosRuntime.enabled',
};

/** The chart's value that installs a controller: `kaosRoutes.enabled`. */
export function installedBy({ name, onDemand }: Pick<Controller, 'name' | 'onDemand'>): string {
  return INSTALLED_BY[onDemand?.flag ?? name] ?? name;
}

/** Whether the chart installs a controller with these values. */
export function isInstalled(controller: Controller, values: PlainObject): boolean {
  return chartValue(values, installedBy(controller)) === true;
}

/** What turns a controller on, for people: `--kaos-runtime`, or a value of the chart if it has no flag. */
export function turnedOnBy({ name, onDemand }: Controller): string {
  return onDemand === undefined ? `${installedBy({ name })}: true in the values` : `--${onDemand.flag}`;
}

/** The variables that turn these controllers on, if they need any. */
export function turnedOn(chosen: readonly Controller[]): Variables {
  return Object.assign({}, ...chosen.map(({ onDemand }) => onDemand?.variables));
}
