import { settableOn } from '../../controllers/engine/own-annotations.ts';

export interface TypeMeta {
  readonly apiVersion: string;
  readonly kind: string;
}

const KAOS_KINDS = ['Agent', 'MCPServer', 'ModelAPI'];

/** What to do instead of setting a field that users look for and that its kind does not have. */
export function hintFor(path: string, { apiVersion, kind }: TypeMeta): string | undefined {
  if (path === 'spec.replicas' && apiVersion.startsWith('kaos.tools/') && KAOS_KINDS.includes(kind)) {
    return 'scale the Deployment with kubectl scale or an autoscaler: its replicas are never written';
  }
  const resources = settableOn({ apiVersion, kind }).filter((name) => /\/(requests|limits)-/.test(name));
  return path === 'spec.resources' && resources.length > 0 ? `set the annotations ${resources.join(', ')}` : undefined;
}
