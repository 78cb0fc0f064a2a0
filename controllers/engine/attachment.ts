import type { DesiredObject, ObservedObject } from '../contract.ts';
import { controllerUid } from '../kubernetes/kinds/owner.ts';
import { checkOf, Type } from '../typebox.ts';
import { type ChildName, foreignChild } from './child-names.ts';

/** A child that a decorator adds to a parent, in the parent's namespace. */
interface Attachment extends ChildName {
  /** The name of the DecoratorController. */
  readonly decorator: string;
  readonly namespace: string;
  /** The UID of the parent. Undefined offline, without Metacontroller. */
  readonly uid: string | undefined;
}

/** Why an attachment cannot be made, if a foreign object already has its name. The engine applies by force, so look first. */
export function whyNotAttached(attachment: Attachment, related: readonly ObservedObject[]): string | undefined {
  const { namespace } = attachment;
  const foreign = foreignChild({ children: [attachment], namespace }, related, (value) => isOwn(value, attachment));
  return (
    foreign &&
    `${foreign} already exists, but this resource does not control it; rename the resource, or remove the object`
  );
}

/** Metacontroller marks the children of a DecoratorController with this annotation: the name of the controller. */
const DECORATOR_ANNOTATION = 'metacontroller.k8s.io/decorator-controller';

/** An object as it is in a cluster once this decorator has made it. */
export function attached<Child extends DesiredObject>(object: Child, decorator: string): Child {
  const { metadata } = object;
  const annotations = { ...metadata.annotations, [DECORATOR_ANNOTATION]: decorator };
  return { ...object, metadata: { ...metadata, annotations } };
}

const Decorated = Type.Object({
  metadata: Type.Object({ annotations: Type.Object({ [DECORATOR_ANNOTATION]: Type.String() }) }),
});
const isDecorated = checkOf(Decorated);

/**
 * Whether the parent controls an object; or nothing does, and the decorator made it. An object loses its controller if the
 * parent was deleted with `--cascade=orphan`, for example.
 */
function isOwn(value: unknown, { decorator, uid }: Attachment): boolean {
  const controller = controllerUid(value);
  return controller === undefined ? decoratorOf(value) === decorator : controller === uid;
}

function decoratorOf(value: unknown): string | undefined {
  return isDecorated(value) ? value.metadata.annotations[DECORATOR_ANNOTATION] : undefined;
}
