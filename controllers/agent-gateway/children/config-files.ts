import { hash } from '../../data/hash.ts';
import type { ConfigMap } from '../../kubernetes/kinds/config-map.ts';
import type { Deployment } from '../../kubernetes/kinds/deployment.ts';
import { type Static, Type, Value } from '../../typebox.ts';
import type { Form, KrakendFiles } from '../krakend/krakend-files.ts';

/** The folder in which KrakenD finds its files, and below it that of settings files. */
export const CONFIG_FOLDER = '/etc/krakend';
export const SETTINGS_FOLDER = `${CONFIG_FOLDER}/settings`;
const ONE_FILE_VOLUME = 'krakend-config-volume';
/**
 * A name of its own: under server-side apply the Go operator's `configMap` stays in the volume that it made, and the API server refuses a
 * volume of two types. A volume that nothing mounts is not read.
 */
const FILES_VOLUME = 'krakend-files-volume';

export const CONFIG_KEY = 'krakend.json';
const SETTINGS_KEY = 'agents.json';

/** A file of KrakenD: the ConfigMap that holds it, and where the pod has it below the folder. */
export interface ConfigFile {
  readonly configMap: string;
  readonly key: string;
  readonly path: string;
  readonly text: string;
}

/** The first is `krakend.json`; the others are settings files. */
export type ConfigFiles = readonly [ConfigFile, ...ConfigFile[]];

export function configMapName(gatewayName: string): string {
  return `${gatewayName}-krakend-config`;
}

/**
 * Where the files of a gateway are. One file has one ConfigMap with a fixed name. Of several, each has a ConfigMap whose name comes
 * from its text, so that a pod that starts during a rollout never gets files of two configurations. The gateway's UID is in the
 * name too: nobody else's object has it by accident.
 */
export function configFiles(gateway: GatewayNames, { krakendJson, settings }: KrakendFiles): ConfigFiles {
  const { name, uid = '' } = gateway;
  const nameFor = (text: string) => `${configMapName(name)}-${hash(`${uid} ${hash(text)}`)}`;
  const isOne = settings.length === 0;
  const first = isOne ? configMapName(name) : nameFor(krakendJson);
  return [
    { configMap: first, key: CONFIG_KEY, path: CONFIG_KEY, text: krakendJson },
    ...settings.map((text, index) => ({
      ...{ configMap: nameFor(text), key: SETTINGS_KEY, text },
      path: `settings/agents-${String(index).padStart(4, '0')}.json`,
    })),
  ];
}

interface GatewayNames {
  readonly name: string;
  readonly uid?: string | undefined;
}

interface ConfigVolume {
  readonly name: string;
  readonly [source: string]: unknown;
}

/** The volume with the files. */
export function configVolume([first, ...others]: ConfigFiles): ConfigVolume {
  const sources = [first, ...others].map(({ configMap, key, path }) => ({
    configMap: { name: configMap, items: [{ key, path }] },
  }));
  return others.length === 0
    ? { name: ONE_FILE_VOLUME, configMap: { name: first.configMap } }
    : { name: FILES_VOLUME, projected: { sources } };
}

/** The files that the pods of a Deployment read, and their ConfigMaps. */
export interface FilesInUse {
  readonly form: Form;
  /** The names of the ConfigMaps, whether they are there or not. */
  readonly named: readonly string[];
  readonly configMaps: readonly ConfigMap[];
  /** Undefined if one is missing. */
  readonly files: KrakendFiles | undefined;
}

const Projected = Type.Object({
  name: Type.Literal(FILES_VOLUME),
  projected: Type.Object({
    sources: Type.Array(
      Type.Object({
        configMap: Type.Object({ name: Type.String(), items: Type.Tuple([Type.Object({ key: Type.String() })]) }),
      }),
    ),
  }),
});

/** Finds the files by the volume of the Deployment. Without a Deployment, or with one of the Go operator, it is one file. */
export function filesInUse(
  gatewayName: string,
  deployment: Deployment | undefined,
  configMaps: readonly ConfigMap[],
): FilesInUse {
  const volumes = deployment?.spec.template.spec?.volumes ?? [];
  const projected = volumes.find((volume) => Value.Check(Projected, volume));
  const places = Value.Check(Projected, projected) ? placesOf(projected) : [oneFile(gatewayName)];
  const byName = new Map(configMaps.map((each) => [each.metadata.name, each]));
  const found = places.flatMap(({ name }) => byName.get(name) ?? []);
  const [krakendJson, ...settings] = places.map(({ name, key }) => byName.get(name)?.data?.[key]);
  const isWhole = (texts: readonly (string | undefined)[]): texts is readonly string[] => !texts.includes(undefined);
  return {
    form: Value.Check(Projected, projected) ? 'settings-files' : 'one-file',
    named: places.map(({ name }) => name),
    configMaps: found,
    files: krakendJson !== undefined && isWhole(settings) ? { krakendJson, settings } : undefined,
  };
}

function placesOf({ projected: { sources } }: Static<typeof Projected>) {
  return sources.map(({ configMap: { name, items } }) => ({ name, key: items[0].key }));
}

function oneFile(gatewayName: string) {
  return { name: configMapName(gatewayName), key: CONFIG_KEY };
}
