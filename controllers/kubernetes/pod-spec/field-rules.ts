import { codeUnitOrder } from '../../data/order.ts';
import { isPlainObject } from '../../data/plain-object.ts';
import { quote } from '../../data/quote.ts';
import { isObjectName, isQualifiedName, whyNoDnsLabel } from '../values/names.ts';
import { thousandthsOf } from '../values/quantity.ts';
import type { Rule } from './field.ts';

/** Kubernetes accepts every printable ASCII character except the equals sign. */
const VARIABLE_NAME = /^[ -<>-~]+$/;
const KEY = /^(?!\.$|\.\.)[-._a-zA-Z0-9]{1,253}$/;
const PORT_NAME = /^(?=.*[a-z])(?!.*--)[a-z0-9]([-a-z0-9]{0,13}[a-z0-9])?$/;
const RESOURCE_NAME = /^(cpu|memory|ephemeral-storage|hugepages-[^/]+)$/;
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

export function whyNoPort(port: number): string | undefined {
  return port >= 1 && port <= LAST_PORT ? undefined : `must be from 1 to ${LAST_PORT}`;
}

export function whyNegative(number: number): string | undefined {
  return number < 0 ? 'must not be negative' : undefined;
}

export function whyEmpty(text: string): string | undefined {
  return text === '' ? 'must not be empty' : undefined;
}

export function only(allowed: string): Rule<string> {
  return (text) => (text === '' || text === allowed ? undefined : `must be ${allowed}`);
}

export function forbidden(): string {
  return 'is not allowed in a Deployment';
}

/** A rule for an object that must have one of these fields. */
export function needsOneOf(fields: readonly string[]): Rule<unknown> {
  const isMissing = (value: unknown) => isPlainObject(value) && !fields.some((name) => name in value);
  return (value) => (isMissing(value) ? `must have one of ${fields.join(', ')}` : undefined);
}

/** A privileged container, or one with CAP_SYS_ADMIN, can always gain privileges, so it must not forbid that. */
export function whyUnprivileged(value: unknown): string | undefined {
  const { allowPrivilegeEscalation, privileged, capabilities } = isPlainObject(value) ? value : {};
  const added = isPlainObject(capabilities) ? capabilities['add'] : undefined;
  const isAdmin = Array.isArray(added) && added.includes('CAP_SYS_ADMIN');
  return allowPrivilegeEscalation === false && (privileged === true || isAdmin)
    ? `has ${isAdmin ? 'CAP_SYS_ADMIN' : 'privileged'}, so allowPrivilegeEscalation must not be false`
    : undefined;
}

/** A rule for a list in which names must be unique. */
export function whyNameTwice(value: unknown): string | undefined {
  const names = (Array.isArray(value) ? value : []).flatMap((item) =>
    isPlainObject(item) ? (item['name'] ?? []) : [],
  );
  const twice = names.find((name, index) => name !== '' && names.indexOf(name) !== index);
  return twice === undefined ? undefined : `has the name ${quote(String(twice))} twice`;
}

export function whyNoResourceAmount(amount: unknown): string | undefined {
  return (thousandthsOf(amount) ?? 0n) < 0n ? 'must not be negative' : undefined;
}

/** Resource names of Kubernetes have no slash; names of other resources begin with a domain and a slash. */
export function whyNoResourceNames(value: unknown): string | undefined {
  const names = isPlainObject(value) ? Object.keys(value).sort(codeUnitOrder) : [];
  const wrong = names.find((name) => !isResourceName(name));
  return wrong === undefined ? undefined : `has ${quote(wrong)}, which is not a valid resource name`;
}

function isResourceName(name: string): boolean {
  return RESOURCE_NAME.test(name) || (name.includes('/') && isQualifiedName(name));
}

export function whyAboveLimits(resources: unknown): string | undefined {
  const { limits, requests } = isPlainObject(resources) ? resources : {};
  const [most, wanted] = [limits, requests].map((amounts) => (isPlainObject(amounts) ? amounts : {}));
  const above = Object.keys(wanted ?? {})
    .sort(codeUnitOrder)
    .find((name) => isAbove(wanted?.[name], most?.[name]));
  return above === undefined ? undefined : `requests.${above} is above limits.${above}`;
}

function isAbove(wanted: unknown, most: unknown): boolean {
  const [amount, limit] = [thousandthsOf(wanted), thousandthsOf(most)];
  return amount !== undefined && limit !== undefined && amount > limit;
}
