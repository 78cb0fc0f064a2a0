import { ageOf } from '../age.ts';
import { type DesiredRoute, desiredRoutes } from '../desired-routes.ts';
import { fieldAt, mapsAt, textAt } from '../fields.ts';
import type { Finding } from '../finding.ts';
import { missing, wrong } from '../finding.ts';
import { itemsOf } from '../gather.ts';
import { groupedFindings } from '../grouped.ts';
import type { Installation, Installed } from '../installation.ts';
import { type Item, nameText } from '../item.ts';
import { LOOK_NAMES, lookAt } from '../kinds.ts';
import { kubectl } from '../mend.ts';

const PAGE = 'docs/troubleshooting.md#httproute-not-created';
const ROUTES = 'httproutes.gateway.networking.k8s.io';
/** Metacontroller needs a moment for a new resource. */
const NEW_SECONDS = 60;

/** Each route that a hook wants is there, and belongs to its resource. */
export function absentRouteFindings(installation: Installation): readonly Finding[] {
  const { release, cluster } = installation;
  if (release === undefined) {
    return [];
  }
  const installed: Installed = { ...installation, release };
  const routes = new Map(itemsOf(cluster.looks.routes).map((route) => [`${route.namespace}/${route.name}`, route]));
  const found = desiredRoutes(installed).flatMap((desired) => {
    const { parent, route } = desired;
    const isSettled = ageOf(cluster.now, textAt(parent.object, 'metadata', 'creationTimestamp')) > NEW_SECONDS;
    const isDeleted = fieldAt(parent.object, 'metadata', 'deletionTimestamp') !== undefined;
    const existing = routes.get(`${route.metadata.namespace}/${route.metadata.name}`);
    return isSettled && !isDeleted ? findingOf(installed, desired, existing) : [];
  });
  return groupedFindings(found);
}

function findingOf(
  installed: Installed,
  { parent, route }: DesiredRoute,
  existing: Item | undefined,
): readonly Finding[] {
  if (existing === undefined) {
    return [absent(installed, parent, nameText({ kind: 'HTTPRoute', ...route.metadata }))];
  }
  const owners = mapsAt(existing.object, 'metadata', 'ownerReferences');
  const uid = textAt(parent.object, 'metadata', 'uid');
  return owners.some((owner) => textAt(owner, 'uid') === uid) ? [] : [foreign(parent, existing)];
}

function absent({ cluster }: Installed, parent: Item, route: string): Finding {
  const look = LOOK_NAMES.find((name) => itemsOf(cluster.looks[name]).includes(parent));
  const resource = look === undefined ? '' : lookAt(look).resource;
  const annotate = (value: string) =>
    kubectl('annotate', resource, parent.name, '--namespace', parent.namespace, value);
  return missing({
    object: nameText(parent),
    seen: `it has no ${route}, and the hook wants one`,
    expected: 'the route: either Metacontroller has not called the hook, or the API server refuses the route',
    mend: [annotate('resync=now'), annotate('resync-')],
    advice: 'This causes a call. If the route does not come, look at what Metacontroller reports.',
    page: PAGE,
  });
}

function foreign(parent: Item, route: Item): Finding {
  return wrong({
    object: nameText(route),
    seen: `it does not belong to ${nameText(parent)}, whose route has this name`,
    expected: `the route of ${nameText(parent)}: Metacontroller may not overwrite the one of somebody else`,
    mend: [kubectl('delete', ROUTES, route.name, '--namespace', route.namespace)],
    advice: 'Look first who needs it. If somebody does, rename the resource instead.',
    page: PAGE,
  });
}
