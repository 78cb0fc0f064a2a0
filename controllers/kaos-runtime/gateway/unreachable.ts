import { type AccessTarget, accessOf } from '../../access/access-of.ts';
import { callersOf } from '../../access/callers.ts';
import { shown } from '../../data/quote.ts';
import { type NamedResource, namingOf } from '../../resources/kaos/naming.ts';
import type { Settings } from '../../settings.ts';
import type { Observed } from '../observed.ts';
import { routeRefusal } from './route-refusal.ts';

/** A resource that another one calls. */
type Called = AccessTarget & NamedResource;

interface Calls {
  readonly called: readonly Called[];
  /** Whether the calls go through the Gateway, and not to Services. */
  readonly throughGateway: boolean;
}

/** A message for each resource that the pods of another one call in vain, because of the access rules. */
export function unreachableMessages(
  caller: Pick<Observed, 'namespace' | 'now'>,
  { called, throughGateway }: Calls,
  settings: Settings,
): readonly string[] {
  return called.flatMap((one) => {
    const why = throughGateway ? whyNoRoute(caller, one, settings) : whyNotAdmitted(caller, one, settings);
    return why === undefined ? [] : `calls to ${one.kind} ${shown(one.metadata.name)} fail: ${why}`;
  });
}

function whyNotAdmitted(
  { namespace }: Pick<Observed, 'namespace'>,
  called: Called,
  { access }: Settings,
): string | undefined {
  const callers = callersOf(accessOf(called, access.rules));
  return callers === undefined || callers.namespaces.includes(namespace)
    ? undefined
    : `${callers.rule} of the access rules does not let pods of the namespace ${namespace} connect; expected it in from.namespaces`;
}

function whyNoRoute(
  { namespace, now }: Pick<Observed, 'namespace' | 'now'>,
  called: Called,
  settings: Settings,
): string | undefined {
  const about = `${called.kind} ${shown(`${namespace}/${called.metadata.name}`)}`;
  const isFromEnforced = settings.kaosRuntime.enabled;
  const routed = {
    about,
    resource: called,
    naming: namingOf(called),
    namespace,
    route: undefined,
    now,
    isFromEnforced,
  };
  return routeRefusal(routed, settings)?.message;
}
