import { quote } from '../data/quote.ts';
import { SETTABLE } from '../engine/own-annotations.ts';
import type { Deployment } from '../kubernetes/kinds/deployment.ts';
import type { AgentGateway } from '../resources/agentic-layer/agent-gateway.ts';

/** If true, somebody else scales the gateway's Deployment, such as a HorizontalPodAutoscaler. */
const AUTOSCALED_ANNOTATION = SETTABLE.autoscaled.name;

export interface ReplicasReading {
  readonly replicas: number;
  /** Whether the gateway has, or may get, more than one pod. */
  readonly isForMany: boolean;
  readonly complaints: readonly string[];
}

/**
 * The number of pods. While others scale the Deployment, it is the number that it has: if the answer left the field out, the API
 * server would first set it to 1, because nobody else owns the field yet.
 */
export function gatewayReplicas({ metadata, spec }: AgentGateway, deployment: Deployment | undefined): ReplicasReading {
  const written = metadata.annotations?.[AUTOSCALED_ANNOTATION];
  const isAutoscaled = written === 'true';
  const isValid = written === undefined || isAutoscaled || written === 'false';
  const wanted = spec?.replicas ?? 1;
  const replicas = isAutoscaled ? (deployment?.spec.replicas ?? wanted) : wanted;
  return {
    replicas,
    isForMany: isAutoscaled || replicas > 1,
    complaints: isValid
      ? []
      : [
          `metadata.annotations.${AUTOSCALED_ANNOTATION}: ${quote(written)} is not valid, so false is used; expected true or false`,
        ],
  };
}
