import type { DesiredObject } from '../../contract.ts';
import type { ChildMetadata } from './child-metadata.ts';

export const CONFIG_KEY = 'krakend.json';
/** When the gateway was first seen to have lost all of its agents. */
export const EMPTY_SINCE_ANNOTATION = 'agent-gateway-hooks/empty-since';

/** Whose child it is, and what the gateway gives its children. */
export interface GatewayChild {
  readonly name: string;
  readonly namespace: string;
  readonly metadata: ChildMetadata;
}

export interface DesiredConfigMap extends DesiredObject {
  readonly data: { readonly [CONFIG_KEY]: string };
}

export function configMapName(gatewayName: string): string {
  return `${gatewayName}-krakend-config`;
}

/** The ConfigMap that KrakenD reads: one key, mounted at `/etc/krakend`. */
export function configMap({ name, namespace, metadata }: GatewayChild, krakendJson: string): DesiredConfigMap {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: configMapName(name), namespace, ...withoutEmptyAnnotations(metadata.common) },
    data: { [CONFIG_KEY]: krakendJson },
  };
}

/** Labels are never empty, annotations are left out where there are none. */
export function withoutEmptyAnnotations({ labels, annotations }: ChildMetadata['common']) {
  return { labels, ...(Object.keys(annotations).length > 0 && { annotations }) };
}
