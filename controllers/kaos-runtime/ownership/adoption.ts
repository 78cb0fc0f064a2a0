import { Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import type { ObservedObject } from '../../contract.ts';
import { type ChildName, foreignChild } from '../../engine/child-names.ts';

/** The engine's own label, which it adds to each answer: the uid of the resource that a child is of. */
export const ENGINE_LABEL = 'controller-uid';

interface Owner {
  readonly namespace: string;
  /** Offline there is none, and no engine. */
  readonly uid: string | undefined;
}

/**
 * Which object of a child's name the engine does not know. It lets go of objects without its label. Under server-side apply
 * it then takes up again what is answered; under dynamic apply it leaves that as it is, without a word.
 */
export function whyNotAdopted(
  { namespace, uid }: Owner,
  children: readonly ChildName[],
  related: readonly ObservedObject[],
): string | undefined {
  const isKnown = (value: unknown) => uid === undefined || engineLabel(value) === uid;
  const unknown = foreignChild({ children, namespace }, related, isKnown);
  return unknown && `${unknown} lacks the label ${ENGINE_LABEL}=${uid}, so Metacontroller does not know it`;
}

const Labelled = Type.Object({ metadata: Type.Object({ labels: Type.Object({ [ENGINE_LABEL]: Type.String() }) }) });

function engineLabel(value: unknown): string | undefined {
  return Value.Check(Labelled, value) ? value.metadata.labels[ENGINE_LABEL] : undefined;
}
