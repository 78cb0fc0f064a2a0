import type { RelatedRule } from '../contract.ts';
import { sameNames } from '../engine/child-names.ts';
import { publishedAs } from '../gateway-api/published-gateway.ts';
import type { Gateway } from '../kubernetes/kinds/gateway.ts';
import type { Settings } from '../settings.ts';
import { isPublished } from './desired.ts';

/** Asks for an object with the name of the ConfigMap, to find out whether it is someone else's. */
export function related({ metadata }: Gateway, settings: Settings): readonly RelatedRule[] {
  return isPublished(metadata, settings) ? sameNames([publishedAs(metadata)], metadata.namespace) : [];
}
