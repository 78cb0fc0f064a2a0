import { hasConditions, propertiesIn } from '../crd-schema.ts';
import { fieldAt, mapsAt, textAt } from '../fields.ts';
import type { Finding } from '../finding.ts';
import { missing, warning, wrong } from '../finding.ts';
import { itemsOf } from '../gather.ts';
import { type Resource, resourceText } from '../hook-controllers.ts';
import type { Installation } from '../installation.ts';
import { conditionOf, conditionText, type Item } from '../item.ts';
import { kubectl } from '../mend.ts';
import { neededKinds } from '../needed-kinds.ts';
import type { Command } from '../shell.ts';

interface Source {
  readonly mend: Command;
  readonly advice?: string;
  readonly page: string;
}

const applied = (filename: string): Command => kubectl('apply', '--server-side', '--filename', filename);

/** Where the kinds of a group come from. */
const SOURCES: Readonly<Record<string, Source>> = {
  'metacontroller.k8s.io': {
    mend: applied(
      'https://raw.githubusercontent.com/metacontroller/metacontroller/v4.17.2/manifests/production/metacontroller-crds-v1.yaml',
    ),
    page: 'docs/install.md#metacontroller',
  },
  'gateway.networking.k8s.io': {
    mend: applied('https://github.com/kubernetes-sigs/gateway-api/releases/download/v1.3.0/standard-install.yaml'),
    advice: 'If you have no gateway yet, install one instead: it brings these kinds with it.',
    page: 'docs/start-kaos.md#1-a-gateway',
  },
  'kaos.tools': {
    mend: applied('chart/charts/kaos-crds/crds'),
    advice: 'If the KAOS operator is to run the resources, install that instead: it brings these kinds with it.',
    page: 'docs/install.md#the-kinds',
  },
  'runtime.agentic-layer.ai': {
    mend: applied('chart/charts/agent-runtime-crds/crds'),
    advice: 'If the agent runtime operator is to run, install that instead: it brings these kinds with it.',
    page: 'docs/install.md#the-kinds',
  },
};

const OTHERS: Source = {
  mend: kubectl('get', 'customresourcedefinitions.apiextensions.k8s.io'),
  advice:
    'Install the gateway of gatewayAPI.accessDialect: it brings these kinds with it. This command shows which kinds there are.',
  page: 'docs/access.md#what-becomes-of-a-demand',
};

/** The CRDs that the installation needs are there, in the versions that it uses. */
export function kindFindings(installation: Installation): readonly Finding[] {
  const crds = new Map(itemsOf(installation.cluster.looks.crds).map((crd) => [crd.name, crd]));
  const needed = neededKinds(installation);
  // Without Metacontroller, its own check says what to install.
  const isEngineMissing =
    installation.engines.length === 0 && ![...crds.keys()].some((name) => name.endsWith('metacontroller.k8s.io'));
  const asked = needed.filter(({ group }) => !isEngineMissing || group !== 'metacontroller.k8s.io');
  const absent = Map.groupBy(
    asked.filter((kind) => !crds.has(resourceText(kind))),
    ({ group }) => group,
  );
  return [
    ...[...absent].map(([group, kinds]) => absentKinds(group, kinds)),
    ...asked.flatMap((kind) => unfit(kind, crds.get(resourceText(kind)))),
    ...withoutTimeouts(installation, crds.get('httproutes.gateway.networking.k8s.io')),
    ...withoutConditions(installation, crds),
  ];
}

function absentKinds(group: string, kinds: readonly Resource[]): Finding {
  const { mend, ...source } = SOURCES[group] ?? OTHERS;
  const names = kinds.map(resourceText).join(', ');
  return missing({
    object: `CustomResourceDefinition ${names}`,
    seen: 'the API server does not have the kind',
    expected: `its version ${kinds[0]?.version}: Metacontroller starts a controller only when all its kinds exist`,
    mend: [mend],
    ...source,
  });
}

function unfit(kind: Resource, crd: Item | undefined): readonly Finding[] {
  if (crd === undefined) {
    return [];
  }
  const served = mapsAt(crd.object, 'spec', 'versions').filter((version) => fieldAt(version, 'served') === true);
  const names = served.map((version) => textAt(version, 'name'));
  const { mend, ...source } = SOURCES[kind.group] ?? OTHERS;
  const object = `CustomResourceDefinition ${crd.name}`;
  const established = conditionOf(fieldAt(crd.object, 'status'), 'Established');
  const accepted = conditionOf(fieldAt(crd.object, 'status'), 'NamesAccepted');
  const refused = [accepted, established].find((condition) => condition?.status === 'False');
  if (refused !== undefined) {
    return [
      wrong({
        object,
        seen: conditionText(refused),
        expected: 'Established is True',
        mend: [kubectl('describe', 'customresourcedefinitions.apiextensions.k8s.io', crd.name)],
        page: source.page,
      }),
    ];
  }
  return names.includes(kind.version)
    ? []
    : [
        wrong({
          object,
          seen: `it serves ${names.join(', ') || 'no version'}`,
          expected: kind.version,
          mend: [mend],
          ...source,
        }),
      ];
}

/** The API server drops a field that the CRD does not have. */
function withoutTimeouts({ release }: Installation, crd: Item | undefined): readonly Finding[] {
  const rules = fieldAt(propertiesIn(crd, 'v1'), 'spec', 'properties', 'rules');
  const rule = fieldAt(rules, 'items', 'properties');
  const asked = release?.settings['GATEWAY_API_ENABLED'] === 'true' && release.settings['GATEWAY_TIMEOUTS'] !== 'never';
  if (!asked || rule === undefined || fieldAt(rule, 'timeouts') !== undefined) {
    return [];
  }
  const bundle = textAt(crd?.object, 'metadata', 'annotations', 'gateway.networking.k8s.io/bundle-version');
  const channel = textAt(crd?.object, 'metadata', 'annotations', 'gateway.networking.k8s.io/channel');
  const { mend, page } = SOURCES['gateway.networking.k8s.io'] ?? OTHERS;
  return [
    warning({
      object: `CustomResourceDefinition ${crd?.name}`,
      seen: `Gateway API ${bundle || 'of an unknown version'}, ${channel || 'unknown'} channel, without timeouts of HTTPRoutes`,
      expected: 'v1.2.0 or later: in earlier ones the API server drops the timeouts of routes',
      mend: [mend],
      page,
    }),
  ];
}

/** With KAOS's own CRDs the status has no conditions. */
function withoutConditions({ controllers }: Installation, crds: ReadonlyMap<string, Item>): readonly Finding[] {
  const composed = controllers
    .filter(({ item }) => item.kind === 'CompositeController')
    .flatMap(({ parents }) => parents);
  const bare = composed.filter((kind) => {
    const crd = crds.get(resourceText(kind));
    return propertiesIn(crd, kind.version) !== undefined && !hasConditions(crd, kind.version);
  });
  return bare.length === 0
    ? []
    : [
        warning({
          object: `CustomResourceDefinition ${bare.map(resourceText).join(', ')}`,
          seen: 'the status has no conditions, as in the CRDs of the KAOS operator',
          expected: 'the CRDs of this chart: without conditions no resource says what is wrong with it',
          mend: [kubectl('apply', '--server-side', '--force-conflicts', '--filename', 'chart/charts/kaos-crds/crds')],
          advice: 'This changes and removes no resource. Stop the KAOS operator first.',
          page: 'docs/kaos-runtime.md#move-there',
        }),
      ];
}
