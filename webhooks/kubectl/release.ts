import { isPlainObject, type PlainObject } from '../../controllers/data/plain-object.ts';
import { readYaml } from '../../controllers/data/yaml.ts';
import { type Static, Type, Value } from '../../controllers/typebox.ts';
import type { Kubectl } from '../verb.ts';
import type { ClusterChoice } from './cluster-flags.ts';
import { listObjects } from './list-objects.ts';

/** What a release of the chart has set in a cluster. */
export interface Release {
  /** `namespace/name` */
  readonly name: string;
  /** The environment of its pods. */
  readonly variables: Readonly<Record<string, string>>;
  readonly accessRules: PlainObject;
  /** The names of the controllers that Metacontroller calls, such as `kaos-routes`. */
  readonly controllers: ReadonlySet<string>;
}

/** The release that a user means, or why there is none. */
export type ReleaseReading =
  | { readonly outcome: 'found'; readonly release: Release }
  | { readonly outcome: 'none' }
  /** The user may not list ConfigMaps. */
  | { readonly outcome: 'hidden'; readonly why: string }
  | { readonly outcome: 'bad'; readonly line: string };

/** The label that every object of the chart has. */
const OF_THE_CHART = 'app.kubernetes.io/name=agent-gateway-hooks';

const Labels = Type.Object({ 'app.kubernetes.io/instance': Type.String() });
const ConfigMap = Type.Object({
  metadata: Type.Object({ name: Type.String(), namespace: Type.String(), labels: Labels }),
  data: Type.Record(Type.String(), Type.String()),
});
type ConfigMap = Static<typeof ConfigMap>;

/** Finds the release in the cluster, by the ConfigMap with its settings. */
export function readRelease({ kubectl, release }: ClusterChoice): ReleaseReading {
  const listed = listObjects(kubectl, { apiVersion: 'v1', resource: 'configmaps' }, OF_THE_CHART);
  if (listed.outcome !== 'listed') {
    const why = listed.outcome === 'failed' ? listed.why : 'it has no ConfigMaps';
    return why.includes('(Forbidden)')
      ? { outcome: 'hidden', why }
      : { outcome: 'bad', line: `the cluster cannot be read: ${why}` };
  }
  const configMaps = listed.objects.filter((object) => Value.Check(ConfigMap, object));
  const found = configMaps.filter(({ data }) => data['SYSTEM_NAMESPACE'] !== undefined);
  const wanted = found.filter((each) => release === undefined || releaseName(each) === release);
  const [settings, second] = wanted;
  if (second !== undefined || (settings === undefined && release !== undefined)) {
    return { outcome: 'bad', line: whichRelease(found.map(releaseName), release) };
  }
  return settings === undefined
    ? { outcome: 'none' }
    : { outcome: 'found', release: releaseOf(settings, configMaps, kubectl) };
}

function whichRelease(names: readonly string[], wanted: string | undefined): string {
  const all = names.toSorted().join(', ') || 'none';
  return wanted === undefined
    ? `the cluster has ${names.length} releases of the chart: ${all}; name one with --release`
    : `--release: ${JSON.stringify(wanted)} was not found; the releases of the chart in the cluster are: ${all}`;
}

function releaseName({ metadata }: ConfigMap): string {
  return `${metadata.namespace}/${metadata.labels['app.kubernetes.io/instance']}`;
}

function releaseOf(settings: ConfigMap, configMaps: readonly ConfigMap[], kubectl: Kubectl): Release {
  const name = releaseName(settings);
  const rules = configMaps.find((each) => releaseName(each) === name && each.data['access-rules.yaml'] !== undefined);
  const reading = readYaml(rules?.data['access-rules.yaml'] ?? '', 'typed');
  return {
    name,
    variables: settings.data,
    accessRules: reading.outcome === 'read' && isPlainObject(reading.value) ? reading.value : {},
    controllers: installedControllers(settings, kubectl),
  };
}

const HookController = Type.Object({
  metadata: Type.Object({ labels: Labels }),
  spec: Type.Object({
    hooks: Type.Object({ sync: Type.Object({ webhook: Type.Object({ url: Type.String() }) }) }),
  }),
});

/** The controllers of the release, by the paths of their hooks: `http://agent-gateway-hooks.kaos-system.svc/kaos-routes/sync?build=…`. */
function installedControllers({ metadata }: ConfigMap, kubectl: Kubectl): ReadonlySet<string> {
  const instance = `app.kubernetes.io/instance=${metadata.labels['app.kubernetes.io/instance']}`;
  const listed = ['decoratorcontrollers', 'compositecontrollers'].flatMap((resource) => {
    const kind = { apiVersion: 'metacontroller.k8s.io/v1alpha1', resource };
    const list = listObjects(kubectl, kind, `${OF_THE_CHART},${instance}`);
    return list.outcome === 'listed' ? list.objects : [];
  });
  const urls = listed.flatMap((object) => (Value.Check(HookController, object) ? [urlOf(object)] : []));
  const own = urls.filter((url) => url?.hostname.split('.')[1] === metadata.namespace);
  return new Set(own.flatMap((url) => url?.pathname.split('/')[1] ?? []));
}

function urlOf({ spec }: Static<typeof HookController>): URL | undefined {
  const { url } = spec.hooks.sync.webhook;
  return URL.canParse(url) ? new URL(url) : undefined;
}
