import type { Controller } from '../../controllers/contract.ts';
import { isPlainObject, type PlainObject } from '../../controllers/data/plain-object.ts';
import { quote } from '../../controllers/data/quote.ts';
import { secondsOf } from '../../controllers/kubernetes/values/time.ts';
import { controllers } from '../../controllers/registry.ts';
import type { Settings } from '../../controllers/settings.ts';
import { chosenControllers, isOnByDefault, turnedOn } from '../evaluate/controller-flags.ts';
import { OFFLINE_NOW, OFFLINE_VARIABLES } from '../offline.ts';
import { isVariableName } from '../settings/environment.ts';
import { readSettings } from '../settings/settings.ts';
import type { Options, Refused } from './types.ts';

/** What options say. */
interface Choices {
  readonly controllers: readonly Controller[];
  readonly settings: Settings;
  readonly now: string;
}

type OptionsReading = ({ readonly outcome: 'read' } & Choices) | Refused;

/** Reads options, which may come from JavaScript without types. `called` is the controller of a call, which is on. */
export function readOptions(options: Options, called?: Controller): OptionsReading {
  if (!isObject(options)) {
    return { outcome: 'refused', why: 'options: expected an object' };
  }
  const { settings = {}, accessRules = {}, now = OFFLINE_NOW } = options;
  const wrong = whyNotOptions({ settings, accessRules, now });
  if (wrong !== undefined) {
    return { outcome: 'refused', why: wrong };
  }
  const isOn = (controller: Controller) => isOnByDefault(controller) || isOfGroup(controller, called);
  const chosen = chosenControllers(controllers, { ...options }, isOn);
  const reading = readSettings({ ...OFFLINE_VARIABLES, ...turnedOn(chosen), ...settings }, accessRules as PlainObject);
  return reading.outcome === 'bad'
    ? { outcome: 'refused', why: reading.line }
    : { outcome: 'read', controllers: chosen, settings: reading.settings.controllers, now };
}

function isObject(options: unknown): boolean {
  return isPlainObject(options);
}

/** Whether one flag turns both controllers on. */
function isOfGroup({ onDemand }: Controller, called: Controller | undefined): boolean {
  return onDemand !== undefined && onDemand.flag === called?.onDemand?.flag;
}

function whyNotOptions({ settings, accessRules, now }: Required<Pick<Options, 'settings' | 'accessRules' | 'now'>>) {
  if (!isPlainObject(settings)) {
    return 'settings: expected an object with settings by their names';
  }
  const wrong = Object.entries(settings).find(([name, value]) => !isVariableName(name) || typeof value !== 'string');
  if (wrong !== undefined) {
    return `settings: ${quote(wrong[0])}: expected the name of a setting with a string value`;
  }
  if (!isPlainObject(accessRules)) {
    return 'accessRules: expected an object, as the chart has it';
  }
  return secondsOf(now) === undefined ? 'now: expected a time such as 2026-01-31T12:00:00Z' : undefined;
}
