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
  return patterns.some(
    (pattern) =>
      pattern === '*' || pattern === model || (pattern.endsWith('/*') && model.startsWith(pattern.slice(0, -1))),
  );
}

/** A list as the KAOS operator writes it: `[a b]`. */
export function listed(names: readonly string[]): string {
  return `[${names.map(oneLine).join(' ')}]`;
}
