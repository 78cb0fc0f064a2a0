import type { DesiredObject } from '../../controllers/contract.ts';
import { clusterManifest } from '../evaluate/cluster-state.ts';
import { evaluate } from '../evaluate/evaluate.ts';
import { readSettings } from '../settings/settings.ts';
import { itemsOf } from './gather.ts';
import type { Installed } from './installation.ts';
import type { Item } from './item.ts';
import { KAOS_LOOKS, type LookName } from './kinds.ts';
import { plainVariables } from './release.ts';

/** A route that a hook wants, and the resource for which it wants it. */
export interface DesiredRoute {
  readonly parent: Item;
  readonly route: DesiredObject;
}

/** The controllers whose parents and children are all read. Those of gateways say in their status what they could not make. */
const ROUTE_CONTROLLERS: readonly string[] = ['kaos-routes', 'agent-routes'];
const READ: readonly LookName[] = [...KAOS_LOOKS, 'runtimeAgents', 'routes', 'gatewayClasses'];

/** The HTTPRoutes that the hooks want for the resources in the cluster. None if the settings or the access rules are not valid, which another check says. */
export function desiredRoutes({ cluster, controllers, release }: Installed): readonly DesiredRoute[] {
  const called = controllers.flatMap(({ known }) =>
    ROUTE_CONTROLLERS.includes(known?.name ?? '') ? (known ?? []) : [],
  );
  const rules = release.accessRules;
  const reading = rules.outcome === 'bad' ? undefined : readSettings(plainVariables(release), rules.value);
  if (reading?.outcome !== 'read' || called.length === 0) {
    return [];
  }
  const items = READ.flatMap((name) => itemsOf(cluster.looks[name]));
  const byObject = new Map(items.map((item) => [`${item.kind} ${item.namespace}/${item.name}`, item]));
  const { answers } = evaluate(
    {
      sources: { paths: [], ignore: [], readInput: () => '' },
      controllers: called,
      settings: reading.settings.controllers,
      selection: { namespace: undefined, kinds: [], names: [] },
      values: {},
      clusterState: { manifests: items.flatMap(({ object }) => clusterManifest(object)), remarks: [] },
      now: cluster.now,
      remarks: [],
      progress: () => {},
      given: { byFlag: {}, byEnvironment: {}, byChart: {} },
    },
    { texts: [], manifests: [], remarks: [] },
  );
  return answers.flatMap(({ parents }) =>
    parents.flatMap(({ parent: { object }, children }) => {
      const { namespace = '', name } = object.metadata;
      const parent = byObject.get(`${object.kind} ${namespace}/${name}`);
      const routes = children.filter(({ kind }) => kind === 'HTTPRoute');
      return parent === undefined ? [] : routes.map((route) => ({ parent, route }));
    }),
  );
}
