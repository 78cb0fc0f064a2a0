import { quote } from '../../data/quote.ts';
import { isObjectName, isQualifiedName, whyNoDnsLabel } from '../values/names.ts';
import { notValid, unlessEmpty, within } from './value-rules.ts';

/** Kubernetes accepts every printable ASCII character except the equals sign. */
const VARIABLE_NAME = /^[ -<>-~]+$/;
const KEY = /^(?!\.$|\.\.)[-._a-zA-Z0-9]{1,253}$/;
const PORT_NAME = /^(?=.*[a-z])(?!.*--)[a-z0-9]([-a-z0-9]{0,13}[a-z0-9])?$/;
const LAST_PORT = 65_535;

export function whyNoVariableName(name: string): string | undefined {
  return VARIABLE_NAME.test(name) ? undefined : `${quote(name)} is not a valid environment variable name`;
}

export function whyNoDataKey(key: string): string | undefined {
  return KEY.test(key) ? undefined : `${quote(key)} is not a valid key of a ConfigMap or Secret`;
}

export function whyNoObjectName(name: string): string | undefined {
  return isObjectName(name) ? undefined : `${quote(name)} is not a valid object name`;
}

/** The name may be empty: the pod then uses the default account. */
export function whyNoAccountName(name: string): string | undefined {
  return name === '' || isObjectName(name) ? undefined : `${quote(name)} is not a valid service account name`;
}

export function whyNoName(name: string): string | undefined {
  return whyNoDnsLabel(name) === undefined ? undefined : `${quote(name)} is not a valid DNS label`;
}

export function whyNoPortName(name: string): string | undefined {
  return name === '' || PORT_NAME.test(name) ? undefined : `${quote(name)} is not a valid port name`;
}

export const whyNoPort = within(1, LAST_PORT);

const LONGEST_DRIVER = 63;

/** Why this is not the name of a CSI driver. */
export function whyNoDriver(name: string): string | undefined {
  return name.length <= LONGEST_DRIVER && isObjectName(name.toLowerCase())
    ? undefined
    : notValid(name, 'the name of a CSI driver');
}

/** A rule for the name of an object in a field that may be empty. */
export const whyNoNameIfAny = unlessEmpty(whyNoObjectName);

/** A rule for a name such as `example.com/ready`. */
export function whyNotQualified(name: string): string | undefined {
  return isQualifiedName(name) ? undefined : notValid(name, 'a name such as example.com/ready');
}
