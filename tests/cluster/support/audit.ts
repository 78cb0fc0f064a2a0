import { readFileSync } from 'node:fs';
import type { ControlPlane } from './control-plane.ts';

export const AUDIT_LOG = 'audit.log';
const POLICY = 'audit-policy.json';

/** The audit policy: the API server logs every answered write, except for leases, which programs renew all the time. */
export const auditFiles = {
  [POLICY]: JSON.stringify({
    apiVersion: 'audit.k8s.io/v1',
    kind: 'Policy',
    omitStages: ['RequestReceived'],
    rules: [
      { level: 'None', resources: [{ group: 'coordination.k8s.io', resources: ['leases'] }] },
      { level: 'Metadata', verbs: ['create', 'update', 'patch', 'delete', 'deletecollection'] },
      { level: 'None' },
    ],
  }),
};

/** The log is one file, which is read whole: at 100 MB, the default, the API server would begin another. */
export const AUDIT_FLAGS = [
  `--audit-policy-file=${POLICY}`,
  `--audit-log-path=${AUDIT_LOG}`,
  '--audit-log-maxsize=10000',
];

export interface Write {
  readonly user: string;
  readonly verb: string;
  /** `deployments` or `agentgateways/status`. */
  readonly resource: string;
  /** `team/gw` */
  readonly object: string;
  readonly code: number;
  /** In milliseconds since 1970. */
  readonly at: number;
}

interface AuditEvent {
  readonly verb: string;
  readonly user: { readonly username: string };
  readonly objectRef?: {
    readonly resource: string;
    readonly subresource?: string;
    readonly namespace?: string;
    readonly name?: string;
  };
  readonly responseStatus?: { readonly code: number };
  readonly stageTimestamp: string;
}

/** The writes of a user so far, in order. */
export function writesOf({ auditLog }: ControlPlane, user: string): Write[] {
  return readFileSync(auditLog, 'utf8')
    .split('\n')
    .filter((line) => line.includes(user))
    .map((line) => writeOf(JSON.parse(line)))
    .filter((write) => write.user === user);
}

function writeOf({ verb, user, objectRef, responseStatus, stageTimestamp }: AuditEvent): Write {
  const { resource = '', subresource, namespace = '', name = '' } = objectRef ?? {};
  return {
    user: user.username,
    verb,
    resource: subresource ? `${resource}/${subresource}` : resource,
    object: `${namespace}/${name}`,
    code: responseStatus?.code ?? 0,
    at: Date.parse(stageTimestamp),
  };
}

/** Counts writes, such as `create httproutes 201: 500`, sorted. */
export function tally(writes: readonly Write[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const { verb, resource, code } of writes) {
    const key = `${verb} ${resource} ${code}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return Object.fromEntries([...counts].sort());
}
