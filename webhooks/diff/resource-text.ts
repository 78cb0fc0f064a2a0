import { shown } from '../../controllers/data/quote.ts';
import type { ObjectName } from '../../controllers/endpoint.ts';
import { crdKinds } from '../schemas/kind-schemas.ts';

/** `Agent.kaos.tools research/helper`: with the group if several groups have such a kind. */
export function resourceText({ apiVersion, kind, namespace, name }: ObjectName): string {
  const hasTwin = crdKinds.some((other) => other.kind === kind && other.apiVersion !== apiVersion);
  return `${hasTwin ? `${kind}.${apiVersion.split('/')[0]}` : kind} ${shown(`${namespace}/${name}`)}`;
}

/** The whole identity, for keys. */
export function resourceKey({ apiVersion, kind, namespace, name }: ObjectName): string {
  return JSON.stringify([apiVersion, kind, namespace, name]);
}
