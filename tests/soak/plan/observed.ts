import type { Manifest } from '../../support/helm.ts';
import type { Facts } from './expected.ts';

/** The kinds of children, and where the API server has them. */
export const CHILD_KINDS = {
  ConfigMap: ['v1', 'configmaps'],
  Deployment: ['apps/v1', 'deployments'],
  HTTPRoute: ['gateway.networking.k8s.io/v1', 'httproutes'],
  PodDisruptionBudget: ['policy/v1', 'poddisruptionbudgets'],
  Service: ['v1', 'services'],
} as const;

type ChildKind = keyof typeof CHILD_KINDS;

/** The facts that an object in the cluster shows, in the words of `expectedFacts`. */
export function factsOf(object: Manifest): Facts {
  const id = `${object.metadata.namespace}/${object.metadata.name}`;
  const own = OF_KINDS[object.kind as ChildKind](object, id);
  const whose = hasOwner(object) ? '' : ' of somebody else';
  return new Map([[`${object.kind} ${id}${whose}`, own.value], ...(own.more ?? [])]);
}

function hasOwner({ metadata }: Manifest): boolean {
  return 'ownerReferences' in metadata;
}

interface Shown {
  readonly value: string;
  readonly more?: readonly (readonly [string, string])[];
}

const OF_KINDS: { readonly [kind in ChildKind]: (object: Manifest, id: string) => Shown } = {
  ConfigMap: ofConfiguration,
  Deployment: ({ spec }) => ({ value: `${(spec as { readonly replicas: number }).replicas} replicas` }),
  HTTPRoute: ({ spec }) => ({ value: ofRoute(spec as RouteSpec) }),
  PodDisruptionBudget: () => ({ value: 'is there' }),
  Service: () => ({ value: 'is there' }),
};

interface RouteSpec {
  readonly rules: readonly {
    readonly matches: readonly { readonly path: { readonly value: string } }[];
    readonly backendRefs?: readonly { readonly name: string; readonly port: number }[];
    readonly timeouts?: { readonly request: string };
  }[];
}

function ofRoute({ rules: [rule] }: RouteSpec): string {
  const backend = rule?.backendRefs?.[0];
  return `${rule?.matches[0]?.path.value} to ${backend?.name}:${backend?.port} in ${rule?.timeouts?.request}`;
}

const TIMEOUT = /"timeout": ?"(\w+)"/;
const MODEL = /"model_id": ?("(?:[^"\\]|\\.)*"),\s*"url": ?("(?:[^"\\]|\\.)*")/g;
const ENDPOINT = /"endpoint": ?"(\/[^"{]*?)"/g;

/** Reads the text with patterns: it is not JSON before KrakenD has filled in its templates. */
function ofConfiguration({ data }: Manifest, id: string): Shown {
  const text = (data as Readonly<Record<string, string>>)['krakend.json'] ?? '';
  const models = [...text.matchAll(MODEL)].map(
    ([, model = '', url = '']) => [`model ${JSON.parse(model)} of ${id}`, JSON.parse(url)] as const,
  );
  const endpoints = [...text.matchAll(ENDPOINT)].map(([, path]) => [`endpoint ${path} of ${id}`, 'is there'] as const);
  return { value: `in ${TIMEOUT.exec(text)?.[1]}`, more: [...models, ...endpoints] };
}
