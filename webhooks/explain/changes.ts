import type { Cause, ObjectName, Reachable } from '../../controllers/endpoint.ts';
import { isSame, titleOf } from '../evaluate/object-name.ts';
import { isInside } from './addresses.ts';
import { type Context, settingName } from './context.ts';

/** What to change for fewer callers, other callers, a longer timeout and another address, for a resource that is called. */
export function changesFor(endpoints: readonly Reachable[], about: ObjectName, context: Context): readonly string[] {
  const outside = endpoints.filter((endpoint) => !isInside(endpoint));
  const [first] = outside.length > 0 ? outside : endpoints;
  if (first === undefined) {
    return [];
  }
  return [
    `to hide it: ${hiding(first.because.exposed, about, context)}`,
    `for another timeout: ${timing(first, about, context)}`,
    `for other callers: ${letting(first, context)}`,
    ...(outside.length === 0 ? [`to reach it from outside the cluster: ${publishing(first, context)}`] : []),
    ...(outside.length > 0 && first.host === undefined
      ? [`for host names of its own: set ${settingName('GATEWAY_HOSTNAMES', context)}`]
      : []),
  ];
}

function hiding(cause: Cause, about: ObjectName, context: Context): string {
  const byRule = `a rule with deny: true ${whereRules(context)}`;
  if (cause.by !== 'field' || cause.field === 'spec.agentGatewayClassName') {
    return `${byRule} for ${about.kind} ${about.namespace}/${about.name}`;
  }
  return `set ${cause.field} to false`;
}

function timing({ because }: Reachable, about: ObjectName, context: Context): string {
  const { timeout } = because;
  if (timeout.by === 'field') {
    const of = isSame(timeout.of, about) ? '' : ` of ${titleOf(timeout.of)}`;
    return `set ${timeout.field}${of}, such as 300s`;
  }
  const name = timeout.by === 'setting' ? timeout.name : '';
  if (name === 'GATEWAY_TIMEOUTS') {
    return `set ${settingName(name, context)} to always, if the Gateway supports timeouts`;
  }
  return name.startsWith('GATEWAY_DEFAULT_')
    ? 'set spec.gatewayRoute.timeout, such as 300s'
    : `set ${settingName(name, context)}, such as 300s`;
}

function letting({ because: { access } }: Reachable, context: Context): string {
  const [rule] = access.by === 'rule' ? access.rules.filter((each) => each !== 'default') : [];
  return rule === undefined ? `a rule ${whereRules(context)} (docs/access.md)` : `change ${rule} of the access rules`;
}

function whereRules({ given }: Context): string {
  return (given.byFlag['ACCESS_RULES_FILE'] ?? given.byEnvironment['ACCESS_RULES_FILE'])
    ? 'in the access rules'
    : 'in accessRules';
}

function publishing({ gateway }: Reachable, context: Context): string {
  const annotation = `give ${titleOf(gateway)} the annotation agent-gateway-hooks/hostnames`;
  return context.settings.gatewayApi.enabled ? annotation : `${annotation}, and set GATEWAY_API_ENABLED to true`;
}
