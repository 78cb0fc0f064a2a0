import type { DesiredObject, ObservedObject } from '../../contract.ts';
import { isPlainObject, type PlainObject } from '../../data/plain-object.ts';
import { isForeignAnnotation } from '../../engine/annotations.ts';
import { echo } from '../../engine/echo.ts';
import { mapKey, type Reading } from '../../reading.ts';
import { ENGINE_LABEL } from './adoption.ts';

/**
 * The observed children as answers that change nothing: without the fields that the API server, Metacontroller and other
 * clients own. For example `replicas` belongs to whoever scales the Deployment.
 */
export function keptChildren(children: readonly ObservedObject[], childKinds: readonly Reading[]): DesiredObject[] {
  const kinds = new Set(childKinds.map(mapKey));
  return children
    .filter((child) => kinds.has(child.mapKey))
    .flatMap(({ value }) => echo(value))
    .map(withoutForeignFields);
}

function withoutForeignFields(child: DesiredObject & { readonly spec?: unknown }): DesiredObject {
  const { labels = {}, ...metadata } = child.metadata;
  const own = Object.entries(labels).filter(([key]) => key !== ENGINE_LABEL);
  return {
    ...ownFields(child),
    metadata: { ...metadata, ...(own.length > 0 && { labels: Object.fromEntries(own) }) },
    ...(isPlainObject(child.spec) && { spec: specOf(child.kind, child.spec) }),
  };
}

/** Some clusters add their own Secrets to each account. In an answer they would become ours. */
function ownFields(child: DesiredObject): DesiredObject {
  if (child.kind !== 'ServiceAccount') {
    return child;
  }
  const { secrets: _secrets, imagePullSecrets: _pullSecrets, ...own } = child as DesiredObject & ForeignFields;
  return own;
}

interface ForeignFields {
  readonly secrets?: unknown;
  readonly imagePullSecrets?: unknown;
}

function specOf(kind: string, spec: PlainObject): PlainObject {
  if (kind !== 'Deployment') {
    return spec;
  }
  const { replicas: _replicas, ...own } = spec;
  const template = own['template'];
  return isPlainObject(template) ? { ...own, template: templateOf(template) } : own;
}

function templateOf(template: PlainObject): PlainObject {
  const metadata = isPlainObject(template['metadata']) ? template['metadata'] : {};
  const { annotations, ...others } = metadata;
  const kept = Object.entries(isPlainObject(annotations) ? annotations : {}).filter(
    ([key]) => !isForeignAnnotation(key),
  );
  return {
    ...template,
    metadata: { ...others, ...(kept.length > 0 && { annotations: Object.fromEntries(kept) }) },
  };
}
