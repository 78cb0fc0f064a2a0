import type { DesiredObject } from '../../contract.ts';
import { canonicalText } from '../../data/hash.ts';
import { codeUnitOrder } from '../../data/order.ts';
import { WRITTEN } from '../../engine/own-annotations.ts';
import { type ConfigMap, configMapReading } from '../../kubernetes/kinds/config-map.ts';
import { secondsOf } from '../../kubernetes/values/time.ts';
import { mapKey } from '../../reading.ts';
import { mostFiles } from '../krakend/settings-files.ts';
import type { Observed } from '../observed.ts';
import type { Room } from '../rollout/room.ts';
import type { ConfigFile, ConfigFiles } from './config-files.ts';
import { type GatewayChild, withoutEmptyAnnotations } from './gateway-child.ts';

/** Notes when the gateway was first seen without any of its agents. */
export const EMPTY_SINCE_ANNOTATION = WRITTEN.emptySince;

/** When all agents were first seen to have vanished, in seconds since 1970; undefined if no time is noted. */
export function emptySince(configMap: ConfigMap | undefined): number | undefined {
  return secondsOf(configMap?.metadata.annotations?.[EMPTY_SINCE_ANNOTATION]);
}

/** The ConfigMaps that KrakenD reads, with one file each. `more` are annotations of that with `krakend.json` alone. */
export function configMaps(
  child: GatewayChild,
  [first, ...settings]: ConfigFiles,
  more: Readonly<Record<string, string>>,
): readonly DesiredConfigMap[] {
  // A ConfigMap that is named after its text never changes, and kubelets need not watch it.
  const fixed = settings.length > 0 && { immutable: true };
  return [
    { ...configMap(child, first, more), ...fixed },
    ...settings.map((file) => ({ ...configMap(child, file, {}), ...fixed })),
  ];
}

/**
 * The ConfigMaps that the API server accepts. One that is immutable with another text cannot be changed, as whoever made it so may have
 * wished. It is left out, so that it is deleted, and made again in the next answer.
 */
export function acceptedConfigMaps(
  wanted: readonly DesiredConfigMap[],
  { serving: { allConfigMaps } }: Observed,
): readonly DesiredConfigMap[] {
  const fixed = new Map(
    allConfigMaps.filter(({ immutable }) => immutable).map(({ metadata, data }) => [metadata.name, data]),
  );
  const isAccepted = ({ metadata: { name }, data }: DesiredConfigMap) =>
    !fixed.has(name) || canonicalText(fixed.get(name) ?? {}) === canonicalText(data);
  return wanted.filter(isAccepted);
}

interface DesiredConfigMap extends DesiredObject {
  readonly data: object;
}

function configMap(
  { namespace, metadata }: GatewayChild,
  { configMap: name, key, text }: ConfigFile,
  more: Readonly<Record<string, string>>,
): DesiredConfigMap {
  const { labels, annotations } = metadata.common;
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name,
      namespace,
      ...withoutEmptyAnnotations({ labels, annotations: { ...annotations, ...more } }),
    },
    data: { [key]: text },
  };
}

/** ConfigMaps of abandoned configurations that are kept beyond those of two whole ones. A change of an agent replaces one or two. */
const MOST_ABANDONED = 64;

/**
 * The ConfigMaps of older configurations: pods that were not replaced yet may start again and need them. Those that the Deployment
 * names come first, then the oldest: the pods of the last complete rollout read them. A change of access rules can replace all files, and
 * another one follow before the pods are replaced, so there is room for as many files as a gateway can have.
 */
export function olderConfigMaps(
  { children, serving }: Observed,
  files: readonly ConfigFile[],
  room: Room,
): readonly DesiredObject[] {
  const wanted = new Set(files.map(({ configMap: name }) => name));
  const inUse = new Set(serving.configMaps.map(({ metadata }) => metadata.name));
  const created = new Map(
    serving.allConfigMaps.map(({ metadata }) => [metadata.name, metadata.creationTimestamp ?? '']),
  );
  const rank = ({ metadata: { name } }: DesiredObject) =>
    `${inUse.has(name) ? 0 : 1} ${created.get(name) ?? ''} ${name}`;
  const older = children.filter(
    (child) => mapKey(child) === mapKey(configMapReading) && !wanted.has(child.metadata.name),
  );
  const named = older.filter(({ metadata: { name } }) => inUse.has(name));
  return older
    .toSorted((a, b) => codeUnitOrder(rank(a), rank(b)))
    .slice(0, named.length + mostFiles(room.bytes) + MOST_ABANDONED);
}
