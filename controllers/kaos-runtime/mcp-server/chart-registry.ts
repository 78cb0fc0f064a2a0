import type { DesiredObject } from '../../contract.ts';
import { isPlainObject } from '../../data/plain-object.ts';
import { toYaml } from '../../data/yaml.ts';
import type { Settings } from '../../settings.ts';
import { REGISTRY_KEY, REGISTRY_NAME } from './registry.ts';

/** The registry as the chart makes it from these values, in the system namespace; none if they have no runtimes. */
export function chartRegistry(values: unknown, { kaosRuntime }: Settings): readonly DesiredObject[] {
  const own = isPlainObject(values) ? values['kaosRuntime'] : undefined;
  const runtimes = isPlainObject(own) ? own['mcpRuntimes'] : undefined;
  const metadata = { name: REGISTRY_NAME, namespace: kaosRuntime.systemNamespace };
  const registry = { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { [REGISTRY_KEY]: toYaml({ runtimes }) } };
  return isPlainObject(runtimes) ? [registry] : [];
}
