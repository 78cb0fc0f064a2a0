/**
 * What the kubelet makes of a variable's value: it replaces `$(NAME)` by the value of an earlier variable, if there is one, and
 * `$$` by a dollar sign. https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#envvar-v1-core
 */
export function expanded(text: string, environment: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\$\$|\$\(([^)]*)\)/g, (found, name?: string) => {
    if (name === undefined) {
      return '$';
    }
    return Object.hasOwn(environment, name) ? String(environment[name]) : found;
  });
}
