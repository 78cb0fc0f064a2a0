import { isMap } from './config-reading.ts';

/** A value of LiteLLM's configuration that is neither a map nor a list, at any depth. */
interface ConfigValue {
  /** Where it is: `model_list[0].litellm_params.api_key`. */
  readonly path: string;
  /** The nearest key above it: `api_key`. */
  readonly name: string;
  readonly value: unknown;
}

/** The values of a configuration, or of a part of it. */
export function configValues(part: unknown, path = '', name = ''): readonly ConfigValue[] {
  if (Array.isArray(part)) {
    return part.flatMap((item, index) => configValues(item, `${path}[${index}]`, name));
  }
  return isMap(part)
    ? Object.entries(part).flatMap(([key, item]) => configValues(item, path === '' ? key : `${path}.${key}`, key))
    : [{ path, name, value: part }];
}

const REFERENCE = 'os.environ/';

/** The variable in `os.environ/NAME`, which LiteLLM replaces by its value. Undefined for any other value. */
export function variableIn(value: unknown): string | undefined {
  return typeof value === 'string' && value.startsWith(REFERENCE) ? value.slice(REFERENCE.length) : undefined;
}
