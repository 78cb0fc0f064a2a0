import { isPlainObject } from '../../controllers/data/plain-object.ts';
import { type ReleaseRules, RULES_KEY, readReleaseRules } from '../kubectl/release-rules.ts';
import { fieldAt, mapsAt, textAt } from './fields.ts';
import { type Gathered, itemsOf } from './gather.ts';
import { type Item, labelOf } from './item.ts';
import type { LookName } from './kinds.ts';
import { needsForce } from './needs-force.ts';

/** A release of the chart, as its objects in the cluster say. */
export interface Release {
  readonly name: string;
  readonly namespace: string;
  /** The name of its Deployment, its Service and its ConfigMap. */
  readonly fullName: string;
  readonly deployment: Item | undefined;
  readonly service: Item | undefined;
  readonly configMap: Item | undefined;
  /** The variables of its ConfigMap. */
  readonly settings: Readonly<Record<string, string>>;
  readonly accessRules: ReleaseRules;
  /** The version of the chart; empty if no label says it. */
  readonly version: string;
  /** Whether an upgrade must take back what others wrote: needs-force.ts. */
  readonly needsForce: boolean;
  /** The variable BUILD of its pods, which the URLs of its hooks have too. */
  readonly build: string;
}

const CHART = 'agent-gateway-hooks';
/** Each release has one of these, unless somebody deleted it. */
const WITH_RELEASE: readonly LookName[] = ['deployments', 'configMaps', 'services'];

/** What else of a release is read with who wrote it. */
const WRITTEN: readonly LookName[] = ['decorators', 'composites', 'clusterRoles', 'gateways', 'agentGatewayClasses'];

/** The releases in the cluster, sorted by their names, which are `namespace/name`. */
export function releasesIn({ looks }: Gathered): readonly Release[] {
  const own = WITH_RELEASE.flatMap((name) => itemsOf(looks[name])).filter(isOfTheChart);
  const byRelease = Map.groupBy(own, (item) => `${item.namespace}/${labelOf(item, 'app.kubernetes.io/instance')}`);
  const others = WRITTEN.flatMap((name) => itemsOf(looks[name])).filter(isOfTheChart);
  return [...byRelease.keys()].toSorted().map((key) => releaseOf(key, byRelease.get(key) ?? [], others));
}

/** Whether the chart made the object. */
export function isOfTheChart(item: Item): boolean {
  return labelOf(item, 'app.kubernetes.io/name') === CHART;
}

/** Whether a release has made the object. Cluster-scoped objects do not say the namespace of their release. */
export function isOf(release: Pick<Release, 'name'>, item: Item): boolean {
  return isOfTheChart(item) && labelOf(item, 'app.kubernetes.io/instance') === release.name;
}

function releaseOf(key: string, items: readonly Item[], others: readonly Item[]): Release {
  const [namespace = '', name = ''] = key.split('/');
  const fullName = fullNameOf(name);
  const find = (kind: string, itsName = fullName) => items.find((item) => item.kind === kind && item.name === itsName);
  const deployment = find('Deployment');
  const configMap = find('ConfigMap');
  const rules = find('ConfigMap', `${fullName}-access-rules`);
  const settings = textsOf(fieldAt(configMap?.object, 'data'));
  const [any] = items;
  return {
    name,
    namespace,
    fullName,
    deployment,
    configMap,
    service: find('Service'),
    settings,
    accessRules: readReleaseRules(settings, textsOf(fieldAt(rules?.object, 'data'))[RULES_KEY]),
    version: any === undefined ? '' : labelOf(deployment ?? any, 'app.kubernetes.io/version'),
    needsForce: [...items, ...others.filter((item) => isOf({ name }, item))].some(needsForce),
    build: buildOf(deployment),
  };
}

/** The pods have these files, and this command does not: the paths say nothing about a value. */
const FILES = /_(?:FILE|DIRECTORY)$/;

/** The settings without the paths of files. */
export function plainVariables({ settings }: Release): Release['settings'] {
  return Object.fromEntries(Object.entries(settings).filter(([name]) => !FILES.test(name)));
}

/** As the chart's template makes it. */
function fullNameOf(release: string): string {
  const whole = release.includes(CHART) ? release : `${release}-${CHART}`;
  return whole.slice(0, 53).replace(/-$/, '');
}

function textsOf(map: unknown): Readonly<Record<string, string>> {
  const entries = isPlainObject(map) ? Object.entries(map) : [];
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

function buildOf(deployment: Item | undefined): string {
  const containers = mapsAt(deployment?.object, 'spec', 'template', 'spec', 'containers');
  const variables = containers.flatMap((container) => mapsAt(container, 'env'));
  return textAt(
    variables.find((variable) => textAt(variable, 'name') === 'BUILD'),
    'value',
  );
}
