import { oneLine } from '../data/quote.ts';
import type { ModelApiDependency } from '../resources/kaos/dependency.ts';

/** The models that a ModelAPI declares in its spec. */
export function supportedModels({
  mode,
  proxyConfig,
  hostedConfig,
}: ModelApiDependency['spec'] = {}): readonly string[] {
  if (mode === 'Proxy') {
    return proxyConfig?.models ?? [];
  }
  return hostedConfig?.model === undefined ? [] : [hostedConfig.model];
}

/** Whether a pattern matches the model: `*` matches all, `openai/*` all that begin with `openai/`, another only itself. */
export function isSupported(model: string, patterns: readonly string[]): boolean {
  return supporting(patterns)(model);
}

/** The same for many models, in a time that does not grow with both their number and the number of patterns. */
export function supporting(patterns: readonly string[]): (model: string) => boolean {
  const names = new Set(patterns);
  const prefixes = new Set(patterns.filter((pattern) => pattern.endsWith('/*')).map((pattern) => pattern.slice(0, -1)));
  const lengths = [...new Set([...prefixes].map(({ length }) => length))];
  return (model) =>
    names.has('*') || names.has(model) || lengths.some((length) => prefixes.has(model.slice(0, length)));
}

/** A list as the KAOS operator writes it: `[a b]`. */
export function listed(names: readonly string[]): string {
  return `[${names.map(oneLine).join(' ')}]`;
}
