import { quote } from '../data/quote.ts';
import { type Cause, fieldOf, settingNamed } from '../endpoint.ts';
import type { EnabledGatewayApi } from '../gateway-api/enabled.ts';
import type { OneRoute } from '../gateway-api/one-route.ts';
import { securityPolicyReading } from '../kubernetes/kinds/policy.ts';
import { whyNoServiceName } from '../kubernetes/values/names.ts';
import { noRoute, withAccess } from '../policies/guarded-route.ts';
import { routeAccess } from '../policies/route-access.ts';
import type { Problem } from '../problem.ts';
import type { Settings } from '../settings.ts';
import { httpRoute } from './http-route.ts';
import type { Observed } from './observed.ts';
import { timeout } from './timeout.ts';

/** The HTTPRoute of a KAOS resource and its policies, or the first reason why it gets none. */
export function desire(observed: Observed, settings: Settings): OneRoute {
  const { gatewayApi } = settings;
  return gatewayApi.enabled
    ? (whyNoRoute(observed) ?? desiredRoute(observed, gatewayApi, settings))
    : noRoute(observed, 'GatewayDisabled', settingNamed('GATEWAY_API_ENABLED'));
}

/** The first reason in the resource itself why it gets no route, if any. */
function whyNoRoute(observed: Observed): OneRoute | undefined {
  const { deleting, exposed, resource } = observed;
  const badName = invalidName(observed);
  const checks = [
    deleting && noRoute(observed, 'Deleting', fieldOf(resource, 'metadata.deletionTimestamp')),
    !exposed && noRoute(observed, 'NotExposed', exposedBy(observed)),
    badName !== undefined &&
      noRoute(
        { ...observed, problems: [...observed.problems, badName] },
        'InvalidName',
        fieldOf(resource, 'metadata.name'),
      ),
  ];
  return checks.find((check) => check !== false);
}

/** Only an Agent says itself whether it has a route. */
function exposedBy({ resource }: Observed): Cause {
  return resource.kind === 'Agent'
    ? fieldOf(resource, 'spec.agentNetwork.expose')
    : settingNamed('GATEWAY_API_ENABLED');
}

function desiredRoute(observed: Observed, gatewayApi: EnabledGatewayApi, settings: Settings): OneRoute {
  const { about, resource, children, gatewayClass, naming, namespace } = observed;
  const target = { routeName: naming.routeName, namespace, labels: naming.labels };
  const isFromEnforced = settings.kaosRuntime.enabled && observed.hasCallersPolicy;
  const access = routeAccess(
    { about, resource, target, isFromEnforced, gatewayClass, observed: children.guards },
    settings,
  );
  const used = timeout(observed, gatewayApi);
  const hasRivals =
    access.outcome === 'permitted' && access.policies.some(({ kind }) => kind === securityPolicyReading.kind);
  const problems = [
    ...observed.problems,
    ...(hasRivals ? observed.rivals : []),
    ...(used.problem ? [used.problem] : []),
  ];
  const because = { exposed: exposedBy(observed), host: settingNamed('GATEWAY_HOSTNAMES'), timeout: used.because };
  return withAccess(access, { about, children, problems, because }, () => httpRoute(observed, gatewayApi, used));
}

/** A resource with an invalid Service name has no Service, so its route would have no backend (defect D17 of KAOS). */
function invalidName({ about, naming }: Observed): Problem | undefined {
  const why = whyNoServiceName(naming.serviceName);
  return why === undefined
    ? undefined
    : { reason: 'InvalidName', about, message: `metadata.name: the Service name ${quote(naming.serviceName)} ${why}` };
}
