import type { PlainObject } from '../../../controllers/data/plain-object.ts';
import { selectsLabels } from '../../../controllers/kubernetes/objects/label-selector.ts';
import type { LabelSelector } from '../../../controllers/label-selector.ts';
import { mapAt, mapsAt, textAt } from '../fields.ts';
import type { Finding } from '../finding.ts';
import { wrong } from '../finding.ts';
import { itemsOf } from '../gather.ts';
import type { Installation } from '../installation.ts';
import { type Item, nameText } from '../item.ts';
import { KAOS_LOOKS } from '../kinds.ts';
import { kubectl } from '../mend.ts';

/** The listeners of the Gateway accept routes from each namespace that has resources with a route. */
export function listenerFindings({ release, cluster, controllers }: Installation): readonly Finding[] {
  const { GATEWAY_NAME, GATEWAY_NAMESPACE, GATEWAY_SECTION_NAME: section = '' } = release?.settings ?? {};
  const gateway = itemsOf(cluster.looks.gateways).find(
    ({ name, namespace }) => name === GATEWAY_NAME && namespace === GATEWAY_NAMESPACE,
  );
  if (gateway === undefined || release?.settings['GATEWAY_API_ENABLED'] !== 'true') {
    return [];
  }
  const names = controllers.map(({ item }) => item.name);
  const withRoutes = [
    ...(names.includes('kaos-routes') ? KAOS_LOOKS : []),
    ...(names.some((name) => name.startsWith('agent-routes')) ? (['runtimeAgents'] as const) : []),
  ].flatMap((name) => itemsOf(cluster.looks[name]));
  const used = [...new Set(withRoutes.map(({ namespace }) => namespace))].toSorted();
  const listeners = mapsAt(gateway.object, 'spec', 'listeners')
    .map((listener, index) => ({ listener, index }))
    .filter(({ listener }) => section === '' || textAt(listener, 'name') === section);
  const namespaces = new Map(itemsOf(cluster.looks.namespaces).map((each) => [each.name, each]));
  const shut = used.filter(
    (name) => !listeners.some(({ listener }) => admits(listener, gateway, namespaces.get(name) ?? { name })),
  );
  const [first] = listeners;
  return shut.length === 0 || first === undefined ? [] : [finding(gateway, first, shut)];
}

interface Listener {
  readonly listener: PlainObject;
  readonly index: number;
}

function finding(gateway: Item, { listener, index }: Listener, shut: readonly string[]): Finding {
  const from = textAt(listener, 'allowedRoutes', 'namespaces', 'from') || 'Same';
  const patch = [{ op: 'add', path: `/spec/listeners/${index}/allowedRoutes`, value: { namespaces: { from: 'All' } } }];
  const patched = ['--namespace', gateway.namespace, '--type=json', `--patch=${JSON.stringify(patch)}`];
  return wrong({
    object: nameText(gateway),
    seen: `spec.listeners[${index}].allowedRoutes.namespaces.from is ${from}, which leaves out ${someOf(shut)}`,
    expected: 'the namespaces of the resources: their routes are not accepted, so they answer 404',
    mend: [kubectl('patch', 'gateways.gateway.networking.k8s.io', gateway.name, ...patched)],
    advice: 'This accepts routes of all namespaces. To accept some, select them by a label.',
    page: 'docs/troubleshooting.md#404',
  });
}

const MOST_NAMES = 5;

function someOf(names: readonly string[]): string {
  const more = names.length - MOST_NAMES;
  return `${names.slice(0, MOST_NAMES).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** A namespace; without its object if the user may not list namespaces. */
type Namespace = Pick<Item, 'name'> & Partial<Item>;

/** Whether a listener accepts routes of a namespace. Without a rule it accepts those of the Gateway's own. */
function admits(listener: PlainObject, gateway: Item, { name, object }: Namespace): boolean {
  const rule = mapAt(listener, 'allowedRoutes', 'namespaces');
  switch (textAt(rule, 'from') || 'Same') {
    case 'All':
      return true;
    case 'Selector': {
      const labels = mapAt(object, 'metadata', 'labels') as Readonly<Record<string, string>>;
      // Without the object nobody can say it here: routes say it in their status.
      return object === undefined || selectsLabels(mapAt(rule, 'selector') as LabelSelector, labels);
    }
    default:
      return name === gateway.namespace;
  }
}
