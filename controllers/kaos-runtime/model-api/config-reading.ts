import { isPlainObject, type PlainObject } from '../../data/plain-object.ts';
import { readPythonYaml } from '../../data/yaml.ts';
import { NotText } from '../../data/yaml-python.ts';
import type { ModelApiSpec } from '../../resources/kaos/runtime-model-api.ts';
import { configSecret } from './config-names.ts';

/** Where LiteLLM's configuration comes from and, if it is the user's own text, what it says; or why it cannot be read. */
export type ConfigReading =
  | { readonly source: 'generated' }
  | { readonly source: 'secret'; readonly secretName: string }
  | { readonly source: 'text'; readonly configuration: PlainObject }
  | { readonly source: 'refused'; readonly why: string };

/** Reads the configuration of a ModelAPI in mode Proxy, as LiteLLM reads it. */
export function readConfig(spec: ModelApiSpec): ConfigReading {
  const secret = configSecret(spec);
  if (secret !== undefined) {
    return { source: 'secret', secretName: secret.name ?? '' };
  }
  const text = spec.proxyConfig?.configYaml?.fromString;
  return text ? readText(text) : { source: 'generated' };
}

function readText(text: string): ConfigReading {
  const reading = readPythonYaml(text);
  if (reading.outcome === 'refused') {
    return { source: 'refused', why: reading.why };
  }
  // LiteLLM exits if the file has only comments.
  return isMap(reading.value)
    ? { source: 'text', configuration: reading.value }
    : { source: 'refused', why: 'expected a map of settings' };
}

/** Whether a value of the configuration is a map. */
export function isMap(value: unknown): value is PlainObject {
  return isPlainObject(value) && !(value instanceof NotText);
}

/** A map of the configuration. Empty if it is missing or something else. */
export function section(configuration: PlainObject, name: string): PlainObject {
  const value = configuration[name];
  return isMap(value) ? value : {};
}

/** What a value is, in words. It is not shown itself, because it can be a secret. */
export function kindOf(value: unknown): string {
  if (value === undefined || value === null) {
    return value === null ? 'empty' : 'missing';
  }
  if (value instanceof NotText) {
    return value.kind;
  }
  if (typeof value === 'string') {
    return 'text';
  }
  return Array.isArray(value) ? 'a list' : 'a map';
}
