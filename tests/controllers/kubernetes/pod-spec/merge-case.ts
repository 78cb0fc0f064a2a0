export interface MergeCase {
  readonly name: string;
  /** The generated PodSpec, if it is not the one of `pod-specs.ts`. */
  readonly generated?: object;
  readonly override: object;
}

export interface DifferentCase extends MergeCase {
  /** The whole expected PodSpec. */
  readonly merged: object;
  readonly problems?: readonly (readonly [field: string, message: string])[];
}
