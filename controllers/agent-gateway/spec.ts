import type { AccessRules } from '../access/access-rules.ts';
import { wholeCors } from '../access/whole-cors.ts';
import type { GatewayAcceptedReason } from '../condition-reasons.ts';
import { canonicalText, hash } from '../data/hash.ts';
import { annotationFaults } from '../engine/own-annotations.ts';
import type { Settings } from '../settings.ts';
import { childMetadata } from './children/child-metadata.ts';
import { configFiles } from './children/config-files.ts';
import { type PodInput, podTemplate } from './children/deployment.ts';
import { containerResources, type ResourcesReading, resourcesFor } from './children/resources.ts';
import { gatewayEnvironment } from './environment/environment.ts';
import { referenceHashes } from './environment/reference-hashes.ts';
import { environmentReferences } from './environment/references.ts';
import { type KrakendChoices, krakendConfig } from './krakend/krakend-config.ts';
import { krakendJson } from './krakend/krakend-json.ts';
import { gatewayTimeout } from './krakend/timeout.ts';
import type { Observed } from './observed.ts';
import { podOverrides } from './pod-overrides.ts';
import type { Refusal } from './refusal.ts';
import { gatewayReplicas } from './replicas.ts';

type ComplaintReason = Exclude<GatewayAcceptedReason, 'Accepted' | Refusal['reason']>;

/** Something in a gateway's spec or annotations that is not used as written. It does not stop the rest. */
export interface GatewayComplaint {
  readonly reason: ComplaintReason;
  readonly message: string;
}

/** A gateway as its user, its class and the settings want it, apart from the list of agents. */
export interface GatewaySpec {
  /** The pods of a gateway without agents. */
  readonly pods: PodInput;
  /** Their requests and limits, before the number of agents is known. */
  readonly resources: ResourcesReading;
  /** Whether the gateway has, or may get, more than one pod. */
  readonly isForMany: boolean;
  /** What the configuration has besides its agents. */
  readonly choices: KrakendChoices;
  /** The `krakend.json` of a gateway without agents. */
  readonly emptyConfig: string;
  /** While this hash is the same, only the list of agents has changed. */
  readonly specHash: string;
  readonly complaints: readonly GatewayComplaint[];
  /** Referenced ConfigMaps, Secrets and keys that do not exist and are not optional. */
  readonly notFound: readonly string[];
}

/** Reads everything that the pods of a gateway are made of, apart from the list of agents. */
export function readSpec(observed: Observed, { agentGateway: settings, access }: Settings): GatewaySpec {
  const { gateway, configMaps, secrets, serving } = observed;
  const { name, namespace, uid, annotations = {} } = gateway.metadata;
  const timeout = gatewayTimeout(gateway.spec?.timeout);
  const metadata = childMetadata(gateway);
  const variables = gatewayEnvironment(gateway.spec);
  const resources = containerResources(annotations, settings.resources);
  const objects = { configMaps, secrets, secretKey: settings.referenceHashKey };
  const referenced = referenceHashes(environmentReferences(name, variables), objects);
  const { replicas, isForMany, complaints } = gatewayReplicas(gateway, serving.deployment);
  const podSpec = podOverrides(gateway, settings, serving.deployment);
  const config = emptyOf(observed, { timeout: timeout.text, logLevel: settings.logLevel, rules: access.rules });
  const pods: PodInput = {
    ...{ name, namespace, uid, replicas, image: settings.image },
    metadata,
    environment: variables,
    resources: resourcesFor(resources, []),
    timeoutSeconds: timeout.seconds,
    preStopSeconds: settings.preStopSeconds,
    hashes: referenced.annotations,
    overrides: podSpec.overrides,
    config: configFiles(gateway.metadata, { krakendJson: config.emptyConfig, settings: [] }),
  };
  const ofPods = podTemplate(pods);
  return {
    pods,
    resources,
    isForMany,
    ...config,
    specHash: hash(canonicalText([ofPods.template, config.emptyConfig])),
    complaints: [
      ...complaintsOf('InvalidTimeout', timeout.complaints),
      ...complaintsOf('EnvironmentRefused', variables.complaints),
      ...complaintsOf('InvalidMetadata', metadata.complaints),
      ...complaintsOf('InvalidQuantity', resources.complaints),
      ...complaintsOf('InvalidReplicas', complaints),
      ...[podSpec, ofPods].flatMap((each) => each.complaints),
      ...complaintsOf('UnknownAnnotation', annotationFaults(gateway)),
    ],
    notFound: referenced.notFound,
  };
}

interface Given extends Pick<KrakendChoices, 'timeout' | 'logLevel'> {
  readonly rules: AccessRules;
}

/** The configuration without agents. */
function emptyOf(
  { gateway, guards }: Observed,
  { rules, ...given }: Given,
): Pick<GatewaySpec, 'choices' | 'emptyConfig'> {
  const choices = { gatewayName: gateway.metadata.name, ...given, guards, cors: rules.cors && wholeCors(rules.cors) };
  return { choices, emptyConfig: krakendJson(krakendConfig(choices, []), choices) };
}

function complaintsOf(reason: GatewayComplaint['reason'], messages: readonly string[]): GatewayComplaint[] {
  return messages.map((message) => ({ reason, message }));
}
