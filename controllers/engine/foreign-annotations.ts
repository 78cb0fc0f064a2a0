/** Annotations that the engine, the Deployment controller and kubectl write themselves: to set them would be a fight. */
const PREFIXES = ['metacontroller.k8s.io/', 'deployment.kubernetes.io/', 'kubectl.kubernetes.io/'];

export function isForeignAnnotation(key: string): boolean {
  return PREFIXES.some((prefix) => key.startsWith(prefix));
}
