export interface MergeCase {
  readonly name: string;
  /** Where it is not the one above. */
  readonly generated?: object;
  readonly override: object;
}

export interface DifferentCase extends MergeCase {
  /** The whole PodSpec that is wanted. */
  readonly merged: object;
  readonly problems?: readonly (readonly [field: string, message: string])[];
}
