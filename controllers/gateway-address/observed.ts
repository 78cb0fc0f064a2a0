import type { Snapshot } from '../contract.ts';
import { shown } from '../data/quote.ts';
import { whyNotAttached } from '../engine/attachment.ts';
import { fitting } from '../engine/fitting.ts';
import { annotationProblems } from '../engine/own-annotations.ts';
import { GATEWAY_ADDRESS_CONTROLLER, publishedAs } from '../gateway-api/published-gateway.ts';
import { configMapReading } from '../kubernetes/kinds/config-map.ts';
import type { Gateway } from '../kubernetes/kinds/gateway.ts';
import type { Problem } from '../problem.ts';

export interface Observed {
  /** Names the Gateway in messages: `Gateway namespace/name`. */
  readonly about: string;
  readonly gateway: Gateway;
  readonly deleting: boolean;
  /** Why the ConfigMap cannot be made, if a foreign one already has its name. */
  readonly nameConflict: string | undefined;
  readonly problems: readonly Problem[];
}

/** Reads a Gateway, and looks for a foreign ConfigMap with the name of its own. */
export function observe({ parent, children, related, finalizing }: Snapshot<Gateway>): Observed {
  const { name, namespace, uid, deletionTimestamp } = parent.metadata;
  const about = `Gateway ${shown(`${namespace}/${name}`)}`;
  const attachment = { ...publishedAs({ name }), decorator: GATEWAY_ADDRESS_CONTROLLER, namespace, uid };
  return {
    about,
    gateway: parent,
    deleting: finalizing || deletionTimestamp !== undefined,
    nameConflict: whyNotAttached(attachment, related),
    problems: [...fitting(configMapReading, children).problems, ...annotationProblems(parent, about)],
  };
}
