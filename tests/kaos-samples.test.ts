import { describe, expect } from 'vitest';
import type { Manifest } from './support/helm.ts';
import { kaosSamples } from './support/kaos-samples.ts';
import { itemsOf, renderStdin } from './support/rendering.ts';
import { withUpstream } from './support/upstream.ts';

/** The prefix of each kind's route, and the kind's part of the path. */
const ROUTED: Readonly<Record<string, readonly [prefix: string, pathType: string]>> = {
  Agent: ['agent', 'agent'],
  ModelAPI: ['modelapi', 'modelapi'],
  MCPServer: ['mcp', 'mcp'],
  MemoryStore: ['memorystore', 'memorystore'],
};

interface Spec {
  readonly agentNetwork?: { readonly expose?: boolean };
}

/** The names and paths of the routes that KAOS makes for these objects, sorted. */
function routesOfKaos(objects: readonly Manifest[]): string[] {
  return objects
    .filter(({ spec }) => (spec as Spec | undefined)?.agentNetwork?.expose !== false)
    .flatMap(({ kind, metadata }) => {
      const [prefix, pathType] = ROUTED[kind] ?? [];
      return prefix === undefined ? [] : [`${prefix}-${metadata.name} /samples/${pathType}/${metadata.name}`];
    })
    .sort();
}

describe.each(kaosSamples())('the sample $name of KAOS 0.8', ({ text, objects = [] }) => {
  withUpstream(text).it('gets all routes that KAOS makes, and only objects without a route are noted', () => {
    const { code, stdout, stderr } = renderStdin([text], '-o', 'json', '--namespace', 'samples');
    const routes = itemsOf(stdout, 'HTTPRoute').map(
      ({ metadata, spec }) => `${metadata.name} ${spec.rules[0].matches[0].path.value}`,
    );
    expect(routes.sort()).toEqual(routesOfKaos(objects));
    expect(routes.length).toBeGreaterThan(1);
    const noted = objects.filter(({ kind }) => !(kind in ROUTED));
    expect(stderr.split('\n').filter((line) => line !== '' && !line.startsWith('note: '))).toEqual([]);
    expect(stderr.match(/ignored, because no controller reads/g) ?? []).toHaveLength(noted.length);
    expect(code).toBe(0);
  });
});
