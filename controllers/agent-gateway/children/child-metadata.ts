import { codeUnitOrder } from '../../data/order.ts';
import { quote } from '../../data/quote.ts';
import { isForeignAnnotation } from '../../engine/annotations.ts';
import { isLabelValue, isQualifiedName } from '../../kubernetes/values/names.ts';
import type { AgentGateway } from '../../resources/agentic-layer/agent-gateway.ts';

type StringMap = Readonly<Record<string, string>>;

/** Labels and annotations of the gateway's children and of their pods; absent where there are none. */
export interface ChildMetadata {
  readonly common: { readonly labels: StringMap; readonly annotations: StringMap };
  readonly pod: { readonly labels: StringMap; readonly annotations: StringMap };
  readonly complaints: readonly string[];
}

/** All annotations of an object together may have 256 KiB: these, twice, and those that are ours and the engine's. */
const METADATA_BYTES = 64 * 1024;
/** Keys by which we know what we made. */
const OWN_PREFIXES = ['runtime.agentic-layer.ai/', 'agent-gateway-hooks/'];

/** `commonMetadata` goes to the children and their pods, `podMetadata` to the pods alone; `app` is the selector's. */
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
      labels: { ...labels[0].map, ...labels[1].map, ...app },
      annotations: { ...annotations[0].map, ...annotations[1].map },
    },
    complaints: [...labels, ...annotations].flatMap(({ complaints }) => complaints),
  };
}

/** The entries that Kubernetes takes; the others are named, for one of them would have the whole object refused. */
function valid(map: StringMap = {}, field: string, why: (key: string, value: string) => string | undefined) {
  let bytes = 0;
  const read = Object.entries(map)
    .sort(([a], [b]) => codeUnitOrder(a, b))
    .map(([key, value]) => {
      bytes += new TextEncoder().encode(value).length;
      return { key, value, complaint: why(key, value) ?? (bytes > METADATA_BYTES ? 'is one too many' : undefined) };
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
  if (isForeignAnnotation(key) || OWN_PREFIXES.some((prefix) => key.startsWith(prefix))) {
    return 'is a key that others go by';
  }
  return isQualifiedName(key) && key !== 'app' ? undefined : 'cannot be set as a key';
}
