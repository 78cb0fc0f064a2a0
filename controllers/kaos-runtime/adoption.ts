import { Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import type { DesiredObject, ObservedObject } from '../contract.ts';
import { type ChildName, foreignChild } from '../kubernetes/child-names.ts';
import { mapKey } from '../kubernetes/kind.ts';

/** The engine's own label, which it adds to each answer: the uid of the resource that a child is of. */
export const ENGINE_LABEL = 'controller-uid';

/** An object of a child's name that the engine does not know. */
export interface NotAdopted extends ChildName {
  readonly message: string;
}

interface Owner {
  readonly namespace: string;
  /** Offline there is none, and no engine. */
  readonly uid: string | undefined;
}

/**
 * The engine lets go of objects without its label. Under server-side apply it then takes up again what is answered; under
 * dynamic apply it leaves that as it is, without a word.
 */
export function notAdopted(
  { namespace, uid }: Owner,
  children: readonly ChildName[],
  related: readonly ObservedObject[],
): readonly NotAdopted[] {
  const isKnown = (value: unknown) => uid === undefined || engineLabel(value) === uid;
  return children.flatMap((child) => {
    const unknown = foreignChild({ children: [child], namespace }, related, isKnown);
    return unknown
      ? [{ ...child, message: `${unknown} lacks the label ${ENGINE_LABEL}=${uid}, so Metacontroller does not know it` }]
      : [];
  });
}

/** Of what is wanted: another one, such as the Service of an Agent that is not exposed any more, is in nobody's way. */
export function whyNotAdopted(unknown: readonly NotAdopted[], wanted: readonly DesiredObject[]): string | undefined {
  return unknown.find(({ kind, name }) =>
    wanted.some((child) => mapKey(child) === mapKey(kind) && child.metadata.name === name),
  )?.message;
}

const Labelled = Type.Object({ metadata: Type.Object({ labels: Type.Object({ [ENGINE_LABEL]: Type.String() }) }) });

function engineLabel(value: unknown): string | undefined {
  return Value.Check(Labelled, value) ? value.metadata.labels[ENGINE_LABEL] : undefined;
}
