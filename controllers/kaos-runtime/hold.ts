const KAOS_FINALIZER = /^kaos\.tools\/[a-z]+-finalizer$/;

/** Why an MCPServer's runtime cannot be found or used. */
export type RuntimeReason = 'NoRuntimeRegistry' | 'UnknownRuntime' | 'InvalidRuntime' | 'NoImage';

type HoldReason =
  | 'Deleting'
  | 'InvalidName'
  | 'NameConflict'
  | 'RefNotFound'
  | 'Waiting'
  | 'ModelNotSupported'
  | 'NoMode'
  | 'NoProxyConfig'
  | 'InvalidConfigYaml'
  | 'InvalidServiceAccountName'
  | RuntimeReason;

/** Why nothing new is made of a resource, so that what is there stays as it is. */
export interface Hold {
  readonly outcome: 'hold';
  readonly phase: 'Pending' | 'Waiting' | 'Failed';
  /** Which condition says why. */
  readonly condition: 'Accepted' | 'ResolvedRefs' | 'Programmed';
  readonly reason: HoldReason;
  readonly message: string;
}

/** One reason to hold a resource, or false where it does not apply. Lists of them are in order: the first reason counts. */
export type Check = Hold | false;

/** The spec cannot be made until its user changes it. */
export function failed(reason: HoldReason, message: string): Hold {
  return { outcome: 'hold', phase: 'Failed', condition: 'Accepted', reason, message };
}

/** The same in the words of the KAOS operator. */
export function notConstructed(reason: HoldReason, message: string): Hold {
  return failed(reason, `Failed to construct Deployment: ${message}`);
}

/** Something that the resource refers to and needs is not there. */
export function unresolved(message: string): Hold {
  return { outcome: 'hold', phase: 'Failed', condition: 'ResolvedRefs', reason: 'RefNotFound', message };
}

/** Something that the resource waits for is there and not ready. */
export function waiting(message: string): Hold {
  return { outcome: 'hold', phase: 'Waiting', condition: 'Programmed', reason: 'Waiting', message };
}

/** The resource is being deleted. Only the KAOS operator takes its finalizers off by itself; a hook cannot. */
export function deletion(finalizers: readonly string[]): Hold {
  const finalizer = finalizers.find((name) => KAOS_FINALIZER.test(name));
  const message =
    finalizer === undefined
      ? 'It is being deleted'
      : `It is being deleted, and the KAOS operator's finalizer ${finalizer} keeps it: remove that from metadata.finalizers`;
  return { outcome: 'hold', phase: 'Pending', condition: 'Programmed', reason: 'Deleting', message };
}
