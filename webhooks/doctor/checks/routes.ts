import type { PlainObject } from '../../../controllers/data/plain-object.ts';
import { secondsOf } from '../../../controllers/kubernetes/values/time.ts';
import { fieldAt, mapsAt, textAt } from '../fields.ts';
import type { Finding } from '../finding.ts';
import { wrong } from '../finding.ts';
import { itemsOf } from '../gather.ts';
import { groupedFindings } from '../grouped.ts';
import type { Installation, Installed } from '../installation.ts';
import { annotationOf, conditionsIn, conditionText, type FoundCondition, type Item, nameText } from '../item.ts';
import { helmUpgrade, kubectl } from '../mend.ts';
import type { Command } from '../shell.ts';

const PAGE = 'docs/troubleshooting.md#404';
const ROUTES = 'httproutes.gateway.networking.k8s.io';
/** A gateway needs a moment to take up a new route. */
const NEW_SECONDS = 60;

/** The Gateway accepts the routes of the release's controllers, and finds what is behind them. */
export function routeFindings(installation: Installation): readonly Finding[] {
  const { release, cluster } = installation;
  if (release === undefined) {
    return [];
  }
  const installed = { ...installation, release };
  return groupedFindings(ownRoutes(installed).flatMap((route) => statusFindings(installed, route, cluster.now)));
}

/** Metacontroller marks each child of a decorator with the name of its controller. */
function ownRoutes({ cluster, controllers }: Installed): readonly Item[] {
  const names = new Set(controllers.map(({ item }) => item.name));
  return itemsOf(cluster.looks.routes).filter((route) =>
    names.has(annotationOf(route, 'metacontroller.k8s.io/decorator-controller')),
  );
}

function statusFindings(installed: Installed, route: Item, now: string): readonly Finding[] {
  if (fieldAt(route.object, 'metadata', 'deletionTimestamp') !== undefined) {
    return [];
  }
  const parents = mapsAt(route.object, 'status', 'parents');
  const created = secondsOf(textAt(route.object, 'metadata', 'creationTimestamp')) ?? 0;
  if (parents.length === 0) {
    const isNew = (secondsOf(now) ?? 0) - created < NEW_SECONDS;
    return isNew ? [] : [untaken(route)];
  }
  return parents.flatMap((parent) => {
    const failed = failedCondition(parent);
    return failed === undefined ? [] : [refused(installed, route, failed)];
  });
}

function untaken(route: Item): Finding {
  const { name = '', namespace = '' } = parentRef(route);
  const gateway = ['--namespace', namespace || route.namespace];
  return wrong({
    object: nameText(route),
    seen: 'its status has no parents: no gateway implementation has taken it up',
    expected: 'a status from the implementation of the Gateway that the route names',
    mend: [kubectl('describe', 'gateways.gateway.networking.k8s.io', name, ...gateway)],
    advice: 'Look whether the pods of the gateway implementation run, and whether the Gateway exists.',
    page: PAGE,
  });
}

function parentRef(route: Item): { readonly name?: string; readonly namespace?: string } {
  const [parent] = mapsAt(route.object, 'spec', 'parentRefs');
  return { name: textAt(parent, 'name'), namespace: textAt(parent, 'namespace') };
}

/** A condition that is False though it should be True. Some implementations report conflicts as conditions that should be False. */
function failedCondition(parent: PlainObject): FoundCondition | undefined {
  return conditionsIn(parent).find(
    ({ type, status }) => ['Accepted', 'ResolvedRefs', 'Programmed'].includes(type) && status === 'False',
  );
}

function refused(installed: Installed, route: Item, failed: FoundCondition): Finding {
  const describe = kubectl('describe', ROUTES, route.name, '--namespace', route.namespace);
  const { mend, advice } = cures(installed, route)[failed.reason] ?? { mend: describe };
  return wrong({
    object: nameText(route),
    seen: conditionText(failed),
    expected: `${failed.type} is True: the route is not served`,
    mend: [mend],
    ...(advice === undefined ? {} : { advice }),
    page: PAGE,
  });
}

interface Cure {
  readonly mend: Command;
  readonly advice?: string;
}

function cures({ release }: Installed, route: Item): Readonly<Record<string, Cure>> {
  const gateway = release.settings['GATEWAY_NAME'] ?? '';
  const namespace = release.settings['GATEWAY_NAMESPACE'] ?? '';
  const [backend] = mapsAt(route.object, 'spec', 'rules').flatMap((rule) => mapsAt(rule, 'backendRefs'));
  const service = textAt(backend, 'name');
  return {
    NotAllowedByListeners: {
      mend: kubectl('describe', 'gateways.gateway.networking.k8s.io', gateway, '--namespace', namespace),
      advice: `Let a listener accept routes of the namespace ${route.namespace}: spec.listeners[].allowedRoutes.`,
    },
    NoMatchingListenerHostname: {
      mend: helmUpgrade(release, 'gatewayAPI.hostnames=null'),
      advice:
        'This takes the host names of the listeners. Or add a listener with one of gatewayAPI.hostnames to the Gateway.',
    },
    NoMatchingParent: {
      mend: helmUpgrade(release, 'gatewayAPI.sectionName='),
      advice: 'This attaches to all listeners. Or name one that the Gateway has.',
    },
    BackendNotFound: {
      mend: kubectl('get', 'services', service, '--namespace', route.namespace),
      advice:
        'Whoever runs the resource makes its Service: the KAOS operator, or kaosRuntime.enabled. Look at the status of the resource.',
    },
    UnsupportedValue: {
      mend: helmUpgrade(release, 'gateway.timeouts=never'),
      advice: 'If the message is about timeouts: the class of the Gateway does not support them.',
    },
  };
}
