import { type Reserved, validAnnotations, validLabels } from '../../engine/added-metadata.ts';
import { OWN_PREFIX } from '../../engine/own-annotations.ts';
import { OWN_LABELS } from '../../engine/own-labels.ts';
import type { AgentGateway } from '../../resources/agentic-layer/agent-gateway.ts';

/** Every gateway pod has it, so that one NetworkPolicy selects all gateways of a namespace, and so does every route of a gateway. */
export const COMPONENT = { [OWN_LABELS.component]: 'agent-gateway' };

type StringMap = Readonly<Record<string, string>>;

/** Labels and annotations of the gateway's children and of their pods. */
export interface ChildMetadata {
  readonly common: { readonly labels: StringMap; readonly annotations: StringMap };
  readonly pod: { readonly labels: StringMap; readonly annotations: StringMap };
  readonly complaints: readonly string[];
}

/** Keys that the agent runtime and this service set themselves. */
const RESERVED: Reserved = { keys: ['app'], prefixes: ['runtime.agentic-layer.ai/', OWN_PREFIX] };

/**
 * Reads `spec.commonMetadata`, for the children and their pods, and `spec.podMetadata`, for the pods only. The label `app`
 * is always the gateway's name, because the selectors use it.
 */
export function childMetadata({ metadata, spec }: AgentGateway): ChildMetadata {
  const app = { app: metadata.name };
  const common = spec?.commonMetadata ?? {};
  const pod = spec?.podMetadata ?? {};
  const labels = [
    validLabels(common.labels, 'spec.commonMetadata.labels', RESERVED),
    validLabels(pod.labels, 'spec.podMetadata.labels', RESERVED),
  ] as const;
  const annotations = [
    validAnnotations(common.annotations, 'spec.commonMetadata.annotations', RESERVED),
    validAnnotations(pod.annotations, 'spec.podMetadata.annotations', RESERVED),
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
