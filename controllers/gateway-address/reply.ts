import type { Reply } from '../contract.ts';
import type { Desired } from './desired.ts';
import type { Observed } from './observed.ts';

/** Answers with the ConfigMap, or with no children. The status belongs to the controller of the Gateway. */
export function reply(desired: Desired): Reply {
  const { problems } = desired;
  return desired.outcome === 'published'
    ? { outcome: 'apply', children: [desired.configMap], status: null, problems }
    : { outcome: 'release', reason: desired.reason, status: null, problems };
}

export const columns = ['GATEWAY', 'CONFIGMAP'] as const;

export function rows({ about }: Observed, desired: Desired): readonly (readonly string[])[] {
  return [[about, desired.outcome === 'published' ? desired.configMap.metadata.name : `none (${desired.reason})`]];
}
