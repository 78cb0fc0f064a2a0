import { Type } from '../../typebox.ts';

/**
 * core/v1 PodSpec, without its fields. They would make up most of a CRD of 585 KB, which `kubectl apply` rejects. The API
 * server checks them in the Deployment.
 * https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#PodSpec
 */
export function podSpec(description: string) {
  return Type.Object({}, { description, 'x-kubernetes-preserve-unknown-fields': true });
}
