import type { DesiredObject } from '../../contract.ts';
import { WRITTEN } from '../../engine/own-annotations.ts';
import type { ConfigMap } from '../../kubernetes/kinds/config-map.ts';
import { secondsOf } from '../../kubernetes/values/time.ts';
import { type GatewayChild, withoutEmptyAnnotations } from './gateway-child.ts';

export const CONFIG_KEY = 'krakend.json';
/** Notes when the gateway was first seen without any of its agents. */
export const EMPTY_SINCE_ANNOTATION = WRITTEN.emptySince;

interface DesiredConfigMap extends DesiredObject {
  readonly data: { readonly [CONFIG_KEY]: string };
}

/** When all agents were first seen to have vanished, in seconds since 1970; undefined if no time is noted. */
export function emptySince(configMap: ConfigMap | undefined): number | undefined {
  return secondsOf(configMap?.metadata.annotations?.[EMPTY_SINCE_ANNOTATION]);
}

export function configMapName(gatewayName: string): string {
  return `${gatewayName}-krakend-config`;
}

/** The ConfigMap that KrakenD reads: one key, mounted at `/etc/krakend`. `more` are annotations of this child alone. */
export function configMap(
  { name, namespace, metadata }: GatewayChild,
  krakendJson: string,
  more: Readonly<Record<string, string>>,
): DesiredConfigMap {
  const { labels, annotations } = metadata.common;
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: configMapName(name),
      namespace,
      ...withoutEmptyAnnotations({ labels, annotations: { ...annotations, ...more } }),
    },
    data: { [CONFIG_KEY]: krakendJson },
  };
}
