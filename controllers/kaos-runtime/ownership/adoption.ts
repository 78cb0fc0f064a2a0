import type { ObservedObject } from '../../contract.ts';
import { type ChildName, foreignChild } from '../../engine/child-names.ts';
import { Type, Value } from '../../typebox.ts';

/** The label that Metacontroller adds to each child: the uid of the parent. */
export const ENGINE_LABEL = 'controller-uid';

interface Owner {
  readonly namespace: string;
  /** Undefined offline, without Metacontroller. */
  readonly uid: string | undefined;
}

/**
 * Names the first object with a child's name that lacks Metacontroller's label, if any. Metacontroller releases such an object.
 * Under server-side apply it then adopts the object again; under dynamic apply it leaves the object unchanged and reports
 * nothing.
 */
export function whyNotAdopted(
  { namespace, uid }: Owner,
  children: readonly ChildName[],
  related: readonly ObservedObject[],
): string | undefined {
  const isRecognised = (value: unknown) => uid === undefined || engineLabel(value) === uid;
  const unlabelled = foreignChild({ children, namespace }, related, isRecognised);
  return (
    unlabelled &&
    `${unlabelled} lacks the label ${ENGINE_LABEL}=${uid}, so Metacontroller does not recognise it; add the label`
  );
}

const Labelled = Type.Object({ metadata: Type.Object({ labels: Type.Object({ [ENGINE_LABEL]: Type.String() }) }) });

function engineLabel(value: unknown): string | undefined {
  return Value.Check(Labelled, value) ? value.metadata.labels[ENGINE_LABEL] : undefined;
}
