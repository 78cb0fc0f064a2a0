import { namesOf } from '../../endpoint.ts';
import type { Reference } from '../../reference.ts';
import { modelApiDependencyReading } from '../../resources/kaos/dependency.ts';
import type { ObservedMemoryStore } from './observed.ts';

/** The ModelAPIs of the store's models, each once. */
export function references({ resource, spec, ...observed }: ObservedMemoryStore): readonly Reference[] {
  const { models } = spec;
  if (models === undefined) {
    return [];
  }
  const { apiVersion, kind } = modelApiDependencyReading;
  const from = namesOf(resource);
  const purposes = new Map([
    [models.embedding.modelAPI, observed.embedding],
    [models.summarization.modelAPI, observed.summarization],
  ]);
  return [...purposes].map(([name, found]) => ({
    from,
    to: { apiVersion, kind, namespace: from.namespace, name },
    problem: found === undefined ? 'not found' : undefined,
  }));
}
