import { canonicalText, hash } from '../data/hash.ts';
import type { AgentGateway } from '../resources/agentic-layer/agent-gateway.ts';
import type { AgentGatewaySettings } from '../settings.ts';
import { childMetadata } from './children/child-metadata.ts';
import { CONFIG_HASH_ANNOTATION, type PodInput, podTemplate } from './children/deployment.ts';
import { containerResources } from './children/resources.ts';
import { environment } from './environment/environment.ts';
import { referenceHashes } from './environment/reference-hashes.ts';
import { references } from './environment/references.ts';
import { krakendConfig } from './krakend/krakend-config.ts';
import { krakendJson } from './krakend/krakend-json.ts';
import { type GatewayTimeout, gatewayTimeout } from './krakend/timeout.ts';
import type { Observed } from './observed.ts';
import { admission } from './rollout/admission.ts';
import type { Candidate } from './rollout/rollout.ts';

/** Why something of a gateway's own spec is not as its user wrote it. */
export interface Complaint {
  readonly reason: 'InvalidTimeout' | 'EnvironmentRefused' | 'InvalidMetadata' | 'InvalidQuantity';
  readonly message: string;
}

/** All that would be made of a gateway now, before it is decided whether it goes out. */
export interface Build {
  readonly pods: PodInput;
  readonly candidate: Candidate;
  readonly complaints: readonly Complaint[];
  readonly notFound: readonly string[];
}

export function build(observed: Observed, settings: AgentGatewaySettings): Build {
  const { gateway, configMaps, secrets } = observed;
  const timeout = gatewayTimeout(gateway.spec?.timeout);
  const objects = { configMaps, secrets, secretKey: settings.referenceHashKey };
  const { annotations, notFound } = referenceHashes(references(gateway), objects);
  const podsFor = (agents: number) => podsOf(gateway, settings, { agents, timeout });
  const specHash = hashWithoutAgents({ ...podsFor(0).pods, hashes: annotations }, timeout);
  const { admitted, waiting } = admission(observed, specHash);
  const { pods, complaints } = podsFor(admitted.length);
  const text = krakendJson(krakendConfig(timeout.text, admitted), pods.name);
  const configHash = hash(text);
  return {
    pods: { ...pods, hashes: { ...annotations, [CONFIG_HASH_ANNOTATION]: configHash } },
    candidate: { krakendJson: text, configHash, specHash, waiting },
    complaints: [...complaintsOf('InvalidTimeout', timeout.complaints), ...complaints],
    notFound,
  };
}

/** Of all that the pods are, but not of the list of agents, nor of what follows from its length. */
function hashWithoutAgents(pods: PodInput, timeout: GatewayTimeout): string {
  return hash(canonicalText([podTemplate(pods), krakendJson(krakendConfig(timeout.text, []), pods.name)]));
}

interface PodsFor {
  readonly agents: number;
  readonly timeout: GatewayTimeout;
}

function podsOf(gateway: AgentGateway, settings: AgentGatewaySettings, { agents, timeout }: PodsFor) {
  const { name, namespace, annotations = {} } = gateway.metadata;
  const metadata = childMetadata(gateway);
  const variables = environment(gateway.spec);
  const { resources, complaints } = containerResources(annotations, settings.resources, agents);
  const pods = {
    name,
    namespace,
    replicas: gateway.spec?.replicas ?? 1,
    image: settings.image,
    metadata,
    environment: variables,
    resources,
    timeoutSeconds: timeout.seconds,
    preStopSeconds: settings.preStopSeconds,
  };
  return {
    pods,
    complaints: [
      ...complaintsOf('EnvironmentRefused', variables.complaints),
      ...complaintsOf('InvalidMetadata', metadata.complaints),
      ...complaintsOf('InvalidQuantity', complaints),
    ],
  };
}

function complaintsOf(reason: Complaint['reason'], messages: readonly string[]): Complaint[] {
  return messages.map((message) => ({ reason, message }));
}
