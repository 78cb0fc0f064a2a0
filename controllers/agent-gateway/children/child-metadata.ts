import { codeUnitOrder } from '../../data/order.ts';
import { quote } from '../../data/quote.ts';
import { isForeignAnnotation } from '../../engine/annotations.ts';
import { isLabelValue, isQualifiedName } from '../../kubernetes/values/names.ts';
import type { AgentGateway } from '../../resources/agentic-layer/agent-gateway.ts';

/** Every gateway pod has it, so that one NetworkPolicy selects all gateways of a namespace. */
const COMPONENT = { 'agent-gateway-hooks/component': 'agent-gateway' };

type StringMap = Readonly<Record<string, string>>;

/** Labels and annotations of the gateway's children and of their pods. */
export interface ChildMetadata {
  readonly common: { readonly labels: StringMap; readonly annotations: StringMap };
  readonly pod: { readonly labels: StringMap; readonly annotations: StringMap };
  readonly complaints: readonly string[];
}

/**
 * Maximum size of all values in one map. Kubernetes allows 256 KiB for all annotations of an object: two such maps, the
 * annotations of this service, and those of Metacontroller.
 */
const METADATA_BYTES = 64 * 1024;

const TOO_LARGE = `is left out, because the values exceed ${METADATA_BYTES / 1024} KiB`;

/** Prefixes of the keys that the agent runtime and this service set themselves. */
const OWN_PREFIXES = ['runtime.agentic-layer.ai/', 'agent-gateway-hooks/'];

/**
 * The old form of a container's AppArmor profile. The API server still copies it to the field, and so `unconfined` would take a pod
 * beyond the baseline standard. https://kubernetes.io/docs/tutorials/security/apparmor/
 */
const APPARMOR_PREFIX = 'container.apparmor.security.beta.kubernetes.io/';

/**
 * Reads `spec.commonMetadata`, for the children and their pods, and `spec.podMetadata`, for the pods only. The label `app`
 * is always the gateway's name, because the selectors use it.
 */
export function childMetadata({ metadata, spec }: AgentGateway): ChildMetadata {
  const app = { app: metadata.name };
  const common = spec?.commonMetadata ?? {};
  const pod = spec?.podMetadata ?? {};
  const labels = [
    valid(common.labels, 'spec.commonMetadata.labels', whyLabelRefused),
    valid(pod.labels, 'spec.podMetadata.labels', whyLabelRefused),
  ] as const;
  const annotations = [
    valid(common.annotations, 'spec.commonMetadata.annotations', whyKeyRefused),
    valid(pod.annotations, 'spec.podMetadata.annotations', whyKeyRefused),
  ] as const;
  return {
    common: { labels: { ...labels[0].map, ...app }, annotations: annotations[0].map },
    pod: {
      labels: { ...labels[0].map, ...labels[1].map, ...app, ...COMPONENT },
      annotations: { ...annotations[0].map, ...annotations[1].map },
    },
    complaints: [...labels, ...annotations].flatMap(({ complaints }) => complaints),
  };
}

/** The valid entries of a map, and a complaint for each of the others. One invalid entry makes the API server reject the object. */
function valid(map: StringMap = {}, field: string, why: (key: string, value: string) => string | undefined) {
  let bytes = 0;
  const read = Object.entries(map)
    .sort(([a], [b]) => codeUnitOrder(a, b))
    .map(([key, value]) => {
      bytes += new TextEncoder().encode(value).length;
      return { key, value, complaint: why(key, value) ?? (bytes > METADATA_BYTES ? TOO_LARGE : undefined) };
    });
  return {
    map: Object.fromEntries(
      read.filter(({ complaint }) => complaint === undefined).map(({ key, value }) => [key, value]),
    ),
    complaints: read.flatMap(({ key, complaint }) => (complaint ? [`${field}: ${quote(key)} ${complaint}`] : [])),
  };
}

function whyLabelRefused(key: string, value: string): string | undefined {
  return whyKeyRefused(key) ?? (isLabelValue(value) ? undefined : 'has an invalid label value');
}

function whyKeyRefused(key: string): string | undefined {
  if (key === 'app' || isForeignAnnotation(key) || OWN_PREFIXES.some((prefix) => key.startsWith(prefix))) {
    return 'is reserved';
  }
  if (key.startsWith(APPARMOR_PREFIX)) {
    return 'is not permitted, because it sets the AppArmor profile of a container';
  }
  return isQualifiedName(key) ? undefined : 'is not a valid key';
}
