import { parsedJson } from '../../controllers/data/parsed-json.ts';
import { isPlainObject, objectsIn } from '../../controllers/data/plain-object.ts';
import type { KubectlAnswer } from '../verb.ts';
import { type Item, itemOf } from './item.ts';

/** What kubectl says of a kind: its objects, or why there are none. */
export type Look =
  | { readonly outcome: 'read'; readonly items: readonly Item[] }
  /** The cluster does not have the kind. */
  | { readonly outcome: 'absent' }
  | { readonly outcome: 'failed'; readonly why: string };

/** What kubectl says of a kind whose CRD is missing. */
const ABSENT =
  /the server doesn't have a resource type|the server could not find the requested resource|no matches for kind/;

/**
 * Reads the answer to `kubectl get --output=json` for one kind. It prints nothing for names that all do not exist, and one object for one name.
 */
export function lookOf(answer: KubectlAnswer, kind: string): Look {
  if (answer.outcome === 'failed') {
    return ABSENT.test(answer.why) ? { outcome: 'absent' } : answer;
  }
  const printed = answer.stdout.trim() === '' ? { items: [] } : parsedJson(answer.stdout);
  if (!isPlainObject(printed)) {
    return { outcome: 'failed', why: 'kubectl did not print an object as JSON' };
  }
  const objects = Array.isArray(printed['items']) ? objectsIn(printed['items']) : [printed];
  return { outcome: 'read', items: objects.map((object) => itemOf(object, kind)) };
}
