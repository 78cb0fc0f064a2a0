import { Type } from '@sinclair/typebox';

/**
 * core/v1 PodSpec. Its fields are not spelled out: they are most of a CRD of 585 KB, which `kubectl apply` does not take,
 * and the API server checks them with the Deployment.
 * https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#PodSpec
 */
export function podSpec(description: string) {
  return Type.Object({}, { description, 'x-kubernetes-preserve-unknown-fields': true });
}
