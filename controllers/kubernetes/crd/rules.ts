/** A rule in CEL that the API server checks, and what it tells a user who breaks it. */
interface Rule {
  readonly rule: string;
  readonly message: string;
}

/**
 * The keyword with the CEL rules of a schema. In a rule, `self` is the value itself.
 * https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#validation-rules
 */
export function rules(...list: readonly Rule[]) {
  return { 'x-kubernetes-validations': list };
}
