import type { ChildMetadata } from './child-metadata.ts';

/** A child's gateway, and the labels and annotations that the gateway gives to its children. */
export interface GatewayChild {
  readonly name: string;
  readonly namespace: string;
  readonly uid: string | undefined;
  readonly metadata: ChildMetadata;
}

/** Labels are never empty. Annotations are left out if there are none. */
export function withoutEmptyAnnotations({ labels, annotations }: ChildMetadata['common']) {
  return { labels, ...(Object.keys(annotations).length > 0 && { annotations }) };
}
