import type { PlainObject } from '../../data/plain-object.ts';
import { resourceRequirements } from '../../kubernetes/pod-spec/resource-fields.ts';
import { type Merged, merge } from '../../kubernetes/pod-spec/strategic-merge.ts';
import type { EnvVar } from '../../kubernetes/pod-spec/variables.ts';
import type { ContainerOverride } from '../../resources/kaos/spec-fields.ts';
import type { KubernetesResources } from '../../settings.ts';

/** The fields that the pods of all kinds share. */
export const commonPodFields = {
  // Otherwise a Service named `agent` would set AGENT_PORT, from which agents read their own port, and one named `kaos-memory` KAOS_MEMORY_PORT.
  enableServiceLinks: false,
};

/** What the `restricted` Pod Security Standard requires of each container. */
const containerSecurity = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } };

/** What it requires of a pod, apart from a user other than root. */
export const podSecurity = { seccompProfile: { type: 'RuntimeDefault' } };

interface Probe {
  readonly handler: PlainObject;
  readonly initialDelaySeconds: number;
  readonly periodSeconds: number;
  readonly timeoutSeconds?: number;
  readonly failureThreshold?: number;
}

interface ContainerParts {
  readonly name: string;
  readonly image: string | undefined;
  readonly command?: readonly string[] | undefined;
  readonly args?: readonly string[] | undefined;
  readonly env: readonly EnvVar[];
  readonly port?: number;
  readonly probes?: { readonly liveness: Probe; readonly readiness: Probe };
  readonly volumeMounts?: readonly PlainObject[];
}

interface ContainerChoices {
  /** `spec.container`, which replaces generated parts. */
  readonly override: ContainerOverride | undefined;
  readonly resources: KubernetesResources;
}

/** A container. Its lists have the API server's defaults, because dynamic apply takes a missing one for a difference. */
export function container(parts: ContainerParts, { override, resources }: ContainerChoices): PlainObject {
  const { name, env, port, probes, volumeMounts } = parts;
  return {
    name,
    image: override?.image || parts.image,
    imagePullPolicy: 'IfNotPresent',
    command: override?.command ?? parts.command,
    args: override?.args ?? parts.args,
    ...(port && { ports: [{ name: 'http', containerPort: port, protocol: 'TCP' }] }),
    env,
    resources: ownResources(override).value ?? (Object.keys(resources).length > 0 ? resources : undefined),
    ...(probes && { livenessProbe: probe(probes.liveness), readinessProbe: probe(probes.readiness) }),
    securityContext: containerSecurity,
    ...(volumeMounts && { volumeMounts }),
  };
}

/** The valid part of `spec.container.resources`, and the problems of the rest. */
export function ownResources(override: ContainerOverride | undefined): Merged {
  return override?.resources === undefined
    ? { value: undefined, problems: [] }
    : merge(undefined, override.resources, { path: 'container.resources', field: resourceRequirements });
}

function probe({ handler, ...times }: Probe): PlainObject {
  return { ...handler, timeoutSeconds: 1, failureThreshold: 3, successThreshold: 1, ...times };
}

/** The handler of an HTTP probe. */
export function httpGet(path: string, port: number): PlainObject {
  return { httpGet: { path, port, scheme: 'HTTP' } };
}
