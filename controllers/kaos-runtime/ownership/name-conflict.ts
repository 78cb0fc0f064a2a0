/** The room ownership/ tells which objects belong to a KAOS resource, and leaves its present children unchanged. */

import type { ObservedObject } from '../../contract.ts';
import { canonicalText } from '../../data/hash.ts';
import { isPlainObject } from '../../data/plain-object.ts';
import { type ChildName, foreignChild } from '../../engine/child-names.ts';
import { controllerUid } from '../../kubernetes/kinds/owner.ts';
import { Type, Value } from '../../typebox.ts';

interface Owner {
  readonly namespace: string;
  readonly uid: string | undefined;
  /** The labels that KAOS gives to the children. */
  readonly labels: Readonly<Record<string, string>>;
}

/**
 * Names the foreign object that already has a child's name, if any. Metacontroller applies by force, so such an object must be
 * found first. An object that the KAOS operator made for this resource is not foreign: it has no controller left, because
 * Metacontroller releases objects without its label.
 */
export function whyNameConflict(
  owner: Owner,
  children: readonly ChildName[],
  related: readonly ObservedObject[],
): string | undefined {
  const { namespace } = owner;
  const foreign = foreignChild({ children, namespace }, related, (value, { labels = owner.labels }) =>
    isOwnChild(value, { ...owner, labels }),
  );
  return (
    foreign &&
    `${foreign} already exists, but this resource does not control it; rename the resource, or remove the object`
  );
}

function isOwnChild(value: unknown, { uid, labels }: Owner): boolean {
  const controller = controllerUid(value);
  return controller === undefined ? isMadeByKaos(value, labels) : controller === uid;
}

const Labelled = Type.Object({ metadata: Type.Object({ labels: Type.Record(Type.String(), Type.String()) }) });

/** Whether an object has KAOS's labels and, if its kind has a selector, KAOS's selector. */
function isMadeByKaos(value: unknown, labels: Owner['labels']): boolean {
  if (!Value.Check(Labelled, value)) {
    return false;
  }
  const found = value.metadata.labels;
  const isLabelled = Object.entries(labels).every(([key, label]) => found[key] === label);
  const selector = selectorOf(value);
  return isLabelled && (selector === undefined || canonicalText(selector) === canonicalText(labels));
}

/** The labels that a Service or a Deployment selects; undefined for other kinds. */
function selectorOf(value: object): unknown {
  const spec = 'spec' in value && isPlainObject(value.spec) ? value.spec : {};
  const selector = spec['selector'];
  return isPlainObject(selector) && isPlainObject(selector['matchLabels']) ? selector['matchLabels'] : selector;
}
