import type { Stored } from '../cluster/support/api.ts';

/** The reference of a child to its owner, as controllers write it. */
export function ownerReference({ apiVersion, kind, metadata }: Stored) {
  const { name, uid } = metadata;
  return { apiVersion, kind, name, uid, controller: true, blockOwnerDeletion: true };
}
