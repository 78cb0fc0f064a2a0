import type { KAOS_REASONS, KaosAcceptedReason } from '../condition-reasons.ts';

const KAOS_FINALIZER = /^kaos\.tools\/[a-z]+-finalizer$/;

/** Why the runtime of an MCPServer is missing or cannot be used. */
export type RuntimeReason = 'NoRuntimeRegistry' | 'UnknownRuntime' | 'InvalidRuntime' | 'NoImage';

/** The decision to leave a resource's children unchanged, and why. */
export type Hold = HoldIn<'Accepted'> | HoldIn<'ResolvedRefs'> | HoldIn<'Programmed'>;

interface HoldIn<Type extends keyof typeof KAOS_REASONS> {
  readonly outcome: 'hold';
  readonly phase: 'Pending' | 'Waiting' | 'Failed';
  /** The condition that gives the reason. */
  readonly condition: Type;
  readonly reason: keyof (typeof KAOS_REASONS)[Type];
  readonly message: string;
}

/** A reason to hold a resource, or false if it does not apply. */
export type Check = Hold | false;

/** The first reason that applies, if any. */
export function firstHold(checks: readonly Check[]): Hold | undefined {
  return checks.find((check) => check !== false);
}

/** The spec is not valid: the resource is held until its user changes it. */
export function failed(reason: KaosAcceptedReason, message: string): Hold {
  return { outcome: 'hold', phase: 'Failed', condition: 'Accepted', reason, message };
}

/** The same, with the KAOS operator's words before the message. */
export function notConstructed(reason: KaosAcceptedReason, message: string): Hold {
  return failed(reason, `Failed to construct Deployment: ${message}`);
}

/** The resource waits for an object that does not exist. As in KAOS, it may come later than the resource. */
export function refNotFound(message: string): Hold {
  return { outcome: 'hold', phase: 'Waiting', condition: 'ResolvedRefs', reason: 'RefNotFound', message };
}

/** The resource waits for an object that exists but is not ready. */
export function waiting(message: string): Hold {
  return { outcome: 'hold', phase: 'Waiting', condition: 'Programmed', reason: 'Waiting', message };
}

/** The resource is being deleted. A hook cannot remove the finalizer that the KAOS operator has put on it. */
export function deletion(finalizers: readonly string[]): Hold {
  const finalizer = finalizers.find((name) => KAOS_FINALIZER.test(name));
  const message =
    finalizer === undefined
      ? 'The resource is being deleted'
      : `The resource is being deleted, but the KAOS operator's finalizer ${finalizer} remains; remove it from metadata.finalizers`;
  return { outcome: 'hold', phase: 'Pending', condition: 'Programmed', reason: 'Deleting', message };
}
