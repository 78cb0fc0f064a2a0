import type { PlainObject } from '../../controllers/data/plain-object.ts';
import { type Static, Type, Value } from '../../controllers/typebox.ts';
import type { Kubectl } from '../verb.ts';
import type { ClusterChoice } from './cluster-flags.ts';
import { listObjects } from './list-objects.ts';
import { type ReleaseRules, RULES_KEY, readReleaseRules } from './release-rules.ts';

/** What a release of the chart has set in a cluster. */
export interface Release {
  /** `namespace/name` */
  readonly name: string;
  /** The environment of its pods. */
  readonly variables: Readonly<Record<string, string>>;
  readonly accessRules: PlainObject;
  readonly controllers: Installed;
}

/** The names of the controllers that Metacontroller calls, such as `kaos-routes`, or why they are not known. */
type Installed =
  | { readonly outcome: 'listed'; readonly names: ReadonlySet<string> }
  | { readonly outcome: 'hidden'; readonly why: string };

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
  return settings === undefined ? { outcome: 'none' } : releaseOf(settings, configMaps, kubectl);
}

/** What to say if a user must choose a release, or has named one that does not exist. */
export function whichRelease(names: readonly string[], wanted: string | undefined): string {
  const all = names.toSorted().join(', ') || 'none';
  return wanted === undefined
    ? `the cluster has ${names.length} releases of the chart: ${all}; name one with --release`
    : `--release: ${JSON.stringify(wanted)} was not found; the releases of the chart in the cluster are: ${all}`;
}

function releaseName({ metadata }: ConfigMap): string {
  return `${metadata.namespace}/${metadata.labels['app.kubernetes.io/instance']}`;
}

function releaseOf(settings: ConfigMap, configMaps: readonly ConfigMap[], kubectl: Kubectl): ReleaseReading {
  const name = releaseName(settings);
  const rules = rulesOf(
    settings,
    configMaps.filter((each) => releaseName(each) === name),
  );
  return rules.outcome === 'bad'
    ? { outcome: 'bad', line: `the release ${name}: ${rules.why}` }
    : {
        outcome: 'found',
        release: {
          name,
          variables: settings.data,
          accessRules: rules.value,
          controllers: installedControllers(settings, kubectl),
        },
      };
}

function rulesOf({ data: settings }: ConfigMap, own: readonly ConfigMap[]): ReleaseRules {
  const configMap = own.find(({ data }) => data[RULES_KEY] !== undefined);
  const rules = readReleaseRules(settings, configMap?.data[RULES_KEY]);
  const where = configMap === undefined ? '' : `ConfigMap ${configMap.metadata.name}: `;
  return rules.outcome === 'bad' ? { outcome: 'bad', why: `${where}${rules.why}; ${ELSE}` } : rules;
}

const ELSE = 'correct it, or give the values of the chart with --values';

const HookController = Type.Object({
  metadata: Type.Object({ labels: Labels }),
  spec: Type.Object({
    hooks: Type.Object({ sync: Type.Object({ webhook: Type.Object({ url: Type.String() }) }) }),
  }),
});

/** The controllers of the release, by the paths of their hooks: `http://agent-gateway-hooks.kaos-system.svc/kaos-routes/sync?build=…`. */
function installedControllers({ metadata }: ConfigMap, kubectl: Kubectl): Installed {
  const instance = `app.kubernetes.io/instance=${metadata.labels['app.kubernetes.io/instance']}`;
  const lists = ['decoratorcontrollers', 'compositecontrollers'].map((resource) =>
    listObjects(kubectl, { apiVersion: 'metacontroller.k8s.io/v1alpha1', resource }, `${OF_THE_CHART},${instance}`),
  );
  const failed = lists.find((list) => list.outcome === 'failed');
  if (failed !== undefined) {
    return { outcome: 'hidden', why: failed.why };
  }
  const objects = lists.flatMap((list) => (list.outcome === 'listed' ? list.objects : []));
  const urls = objects.flatMap((object) => (Value.Check(HookController, object) ? [urlOf(object)] : []));
  const own = urls.filter((url) => url?.hostname.split('.')[1] === metadata.namespace);
  return { outcome: 'listed', names: new Set(own.flatMap((url) => url?.pathname.split('/')[1] ?? [])) };
}

function urlOf({ spec }: Static<typeof HookController>): URL | undefined {
  const { url } = spec.hooks.sync.webhook;
  return URL.canParse(url) ? new URL(url) : undefined;
}
