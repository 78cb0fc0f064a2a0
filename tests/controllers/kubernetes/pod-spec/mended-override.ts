import { inAgent } from './pod-specs.ts';
import type { RefusedOverride } from './refused-overrides.ts';

/** An override that the API server would refuse as a whole, and the override that is left of it. */
export interface MendedOverride extends RefusedOverride {
  readonly kept: object;
}

export const mended = (
  name: string,
  overrides: { readonly override: object; readonly kept?: object },
  ...problems: RefusedOverride['problems']
): MendedOverride => ({ kept: {}, ...overrides, name, problems });

export const AGENT = 'podSpec.containers[0]';
export const NO_PATH = "a relative path that does not begin with '..' and does not contain it";
export const limits = (amounts: object, requests: object = {}) => inAgent({ resources: { limits: amounts, requests } });
export const volume = (source: object) => ({ volumes: [{ name: 'new', ...source }] });
export const mounted = (fields: object) => inAgent({ volumeMounts: [{ name: 'data', mountPath: '/new', ...fields }] });
export const tolerating = (toleration: object) => ({ tolerations: [toleration] });
export const terms = (...matchExpressions: object[]) => ({
  affinity: {
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions }] },
    },
  },
});
export const noAffinity = { affinity: { nodeAffinity: {} } };
export const REQUIRED =
  'podSpec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms';
export const spread = (fields: object) => ({
  topologySpreadConstraints: [{ topologyKey: 'node', whenUnsatisfiable: 'ScheduleAnyway', maxSkew: 1, ...fields }],
});

/** Each kind of part that is left out; what is right beside it stays. */
