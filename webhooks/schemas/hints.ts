import { SETTABLE, settableOn } from '../../controllers/engine/own-annotations.ts';

export interface TypeMeta {
  readonly apiVersion: string;
  readonly kind: string;
}

/** Fields of a PodSpec that users look for in the spec of a gateway. */
const OF_PODS = [
  'spec.nodeSelector',
  'spec.tolerations',
  'spec.affinity',
  'spec.imagePullSecrets',
  'spec.serviceAccountName',
  'spec.securityContext',
];
const KAOS_KINDS = ['Agent', 'MCPServer', 'ModelAPI'];

/** What to do instead of setting a field that users look for and that its kind does not have. */
export function hintFor(path: string, { apiVersion = '', kind = '' }: Partial<TypeMeta>): string | undefined {
  if (path === 'spec.replicas' && apiVersion.startsWith('kaos.tools/') && KAOS_KINDS.includes(kind)) {
    return 'scale the Deployment with kubectl scale or an autoscaler: its replicas are never written';
  }
  const annotations = settableOn({ apiVersion, kind });
  if (OF_PODS.includes(path) && annotations.includes(SETTABLE.podSpec.name)) {
    return `set it in the annotation ${SETTABLE.podSpec.name}`;
  }
  const resources = annotations.filter((name) => /\/(requests|limits)-/.test(name));
  return path === 'spec.resources' && resources.length > 0 ? `set the annotations ${resources.join(', ')}` : undefined;
}
