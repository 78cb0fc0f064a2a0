import type { RelatedRule } from '../../controllers/contract.ts';
import { mapKey } from '../../controllers/reading.ts';
import { controllers } from '../../controllers/registry.ts';
import type { Settings } from '../../controllers/settings.ts';
import { type ClusterObject, nameOf } from '../evaluate/cluster-object.ts';
import { crdKinds } from '../schemas/kind-schemas.ts';
import type { Resource } from './found.ts';
import { pathsOf, valueAt } from './value-at.ts';

/** A resource that another one names in a field. */
export interface Reference {
  /** `ModelAPI research/llm`. */
  readonly to: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  /** Undefined if the name stands in no field of the spec. */
  readonly field: string | undefined;
  /** The resource that uses the other one. */
  readonly from: Resource;
}

/** The kinds whose resources others can name. */
const NAMED = new Map(crdKinds.map((kind) => [`${kind.apiVersion} ${kind.resource}`, kind]));

/** What the KAOS runtime reads besides the resource itself. It reads the references whoever runs the resources. */
export function referencesOf(resource: Resource, settings: Settings): readonly Reference[] {
  const { object } = resource;
  const readers = controllers.filter(
    ({ type, parents }) => type === 'composite' && parents.some((reading) => mapKey(reading) === mapKey(object)),
  );
  return readers.flatMap(({ customize }) => {
    const answer = customize?.(object, settings);
    return answer?.outcome === 'related' ? answer.rules.flatMap((rule) => byRule(rule, resource)) : [];
  });
}

function byRule({ apiVersion, resource, namespace, names }: RelatedRule, from: Resource): readonly Reference[] {
  const kind = NAMED.get(`${apiVersion} ${resource}`);
  return kind === undefined || namespace === undefined || names === undefined
    ? []
    : names.map((name) => ({
        to: nameOf({ ...kind, metadata: { namespace, name } }),
        ...{ kind: kind.kind, name, namespace, from },
        field: fieldWith(from.object, name, kind.kind),
      }));
}

/** How the last steps of the fields begin that name a resource of a kind. */
const FIELDS: Readonly<Record<string, RegExp>> = {
  Agent: /\.access\[\d+\]$/,
  ModelAPI: /\.modelAPI$/,
  MCPServer: /\.mcpServers\[\d+\]$/,
  MemoryStore: /\.memoryStore$/,
};

function fieldWith(object: ClusterObject, name: string, kind: string): string | undefined {
  const paths = pathsOf(valueAt(object, 'spec'), name, 'spec');
  return paths.find((path) => FIELDS[kind]?.test(path));
}

/** The resources that name this one. References stay within a namespace. */
export function referencesTo({ object }: Resource, all: readonly Resource[], settings: Settings): readonly Reference[] {
  const { kind, metadata } = object;
  return all
    .filter((other) => other.object.metadata.namespace === metadata.namespace && other.object !== object)
    .filter((other) => mapKey(other.object).endsWith(groupOf(object)))
    .flatMap((other) => referencesOf(other, settings))
    .filter((reference) => reference.kind === kind && reference.name === metadata.name);
}

function groupOf({ apiVersion }: ClusterObject): string {
  return `.${apiVersion}`;
}
