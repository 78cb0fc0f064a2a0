import { parsedJson } from '../../controllers/data/parsed-json.ts';
import type { KindNames } from '../../controllers/reading.ts';
import { Type, Value } from '../../controllers/typebox.ts';
import type { Kubectl } from '../verb.ts';

/** The objects of a kind in all namespaces, or why there are none: the cluster does not have the kind, or kubectl failed. */
export type Listed =
  | { readonly outcome: 'listed'; readonly objects: readonly object[] }
  | { readonly outcome: 'unknown-kind' }
  | { readonly outcome: 'failed'; readonly why: string };

const List = Type.Object({ items: Type.Array(Type.Object({})) });

/** What kubectl says of a kind whose CRD is missing. */
const UNKNOWN_KIND =
  /the server doesn't have a resource type|the server could not find the requested resource|no matches for kind/;

/** Lists all objects of a kind, in the version that is read. `selector` is a label selector as kubectl takes it. */
export function listObjects(kubectl: Kubectl, kind: Omit<KindNames, 'kind' | 'namespaced'>, selector = ''): Listed {
  const selected = selector === '' ? [] : [`--selector=${selector}`];
  const answer = kubectl(['get', resourceArgument(kind), '--all-namespaces', '--output=json', ...selected]);
  if (answer.outcome === 'failed') {
    return UNKNOWN_KIND.test(answer.why) ? { outcome: 'unknown-kind' } : answer;
  }
  const list = parsedJson(answer.stdout);
  return Value.Check(List, list)
    ? { outcome: 'listed', objects: list.items }
    : { outcome: 'failed', why: 'kubectl did not print a list as JSON' };
}

/** `agents.v1alpha1.kaos.tools`: the version too, so that kubectl does not choose another one. */
function resourceArgument({ apiVersion, resource }: Pick<KindNames, 'apiVersion' | 'resource'>): string {
  const [group, version] = apiVersion.split('/');
  return version === undefined ? resource : `${resource}.${version}.${group}`;
}
