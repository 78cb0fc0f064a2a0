/** The room ownership/ tells which children belong to a KAOS resource, and keeps them as they are. */

import { Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import type { ObservedObject } from '../../contract.ts';
import { canonicalText } from '../../data/hash.ts';
import { isPlainObject } from '../../data/plain-object.ts';
import { type ChildName, foreignChild } from '../../engine/child-names.ts';
import { controllerUid } from '../../kubernetes/kinds/owner.ts';

interface Claimant {
  readonly namespace: string;
  readonly uid: string | undefined;
  /** What KAOS calls the children by. */
  readonly labels: Readonly<Record<string, string>>;
}

/**
 * Whose name a child would seize. The engine applies by force, so an object of a child's name that this resource does not
 * control must be seen before. One that the KAOS operator made for this very resource is taken over: the engine lets go of
 * it, as it lacks the engine's own label, and then nobody controls it.
 */
export function whyNameConflict(
  { namespace, uid, labels }: Claimant,
  children: readonly ChildName[],
  related: readonly ObservedObject[],
): string | undefined {
  const foreign = foreignChild({ children, namespace }, related, (value) => isOurs(value, uid, labels));
  return foreign && `there is a ${foreign} that this resource does not control`;
}

function isOurs(value: unknown, uid: string | undefined, labels: Claimant['labels']): boolean {
  const controller = controllerUid(value);
  return controller === undefined ? isOfKaos(value, labels) : controller === uid;
}

const Labelled = Type.Object({ metadata: Type.Object({ labels: Type.Record(Type.String(), Type.String()) }) });

/** Labelled and, where its kind has a selector, selecting as KAOS does. */
function isOfKaos(value: unknown, labels: Claimant['labels']): boolean {
  if (!Value.Check(Labelled, value)) {
    return false;
  }
  const found = value.metadata.labels;
  const isLabelled = Object.entries(labels).every(([key, label]) => found[key] === label);
  const selector = selectorOf(value);
  return isLabelled && (selector === undefined || canonicalText(selector) === canonicalText(labels));
}

/** That of a Service, or of a Deployment. */
function selectorOf(value: object): unknown {
  const spec = 'spec' in value && isPlainObject(value.spec) ? value.spec : {};
  const selector = spec['selector'];
  return isPlainObject(selector) && isPlainObject(selector['matchLabels']) ? selector['matchLabels'] : selector;
}
