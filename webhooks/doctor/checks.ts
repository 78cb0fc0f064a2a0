import { absentRouteFindings } from './checks/absent-routes.ts';
import { classFindings } from './checks/classes.ts';
import { controllerFindings } from './checks/controllers.ts';
import { deletionFindings } from './checks/deletions.ts';
import { engineFindings } from './checks/engine.ts';
import { engineFlagFindings } from './checks/engine-flags.ts';
import { gatewayFindings } from './checks/gateway.ts';
import { guardFindings } from './checks/guards.ts';
import { kindFindings } from './checks/kinds.ts';
import { listenerFindings } from './checks/listeners.ts';
import { networkPolicyFindings } from './checks/network-policy.ts';
import { releaseFindings } from './checks/release.ts';
import { reportFindings } from './checks/reports.ts';
import { resourceFindings } from './checks/resources.ts';
import { rightFindings } from './checks/rights.ts';
import { routeFindings } from './checks/routes.ts';
import { serverFindings } from './checks/server.ts';
import { serviceFindings } from './checks/service.ts';
import { settingFindings } from './checks/settings.ts';
import { tlsFindings } from './checks/tls.ts';
import { writerFindings } from './checks/writers.ts';
import type { Finding } from './finding.ts';
import type { Installation } from './installation.ts';
import type { LookName } from './kinds.ts';

/** A check is a pure function. Without what it needs to see, it is not made. */
interface Check {
  readonly title: string;
  readonly needs: readonly LookName[];
  readonly find: (installation: Installation) => readonly Finding[];
}

const CONTROLLERS = ['decorators', 'composites'] as const;
const RELEASE = ['deployments', 'services', 'configMaps'] as const;

/** All checks in their order: a cause before its consequences. */
export const CHECKS: readonly Check[] = [
  { title: 'the API server', needs: [], find: serverFindings },
  { title: 'Metacontroller', needs: ['statefulSets', 'deployments'], find: engineFindings },
  { title: 'the kinds', needs: ['crds', ...CONTROLLERS, ...RELEASE], find: kindFindings },
  { title: 'settings', needs: RELEASE, find: settingFindings },
  { title: 'the release and its pods', needs: [...RELEASE, 'pods'], find: releaseFindings },
  { title: 'the Service', needs: RELEASE, find: serviceFindings },
  { title: 'the network policy', needs: ['networkPolicies', 'statefulSets', ...RELEASE], find: networkPolicyFindings },
  { title: "Metacontroller's rights", needs: ['clusterRoles', 'clusterRoleBindings', ...RELEASE], find: rightFindings },
  { title: 'controllers and hooks', needs: [...CONTROLLERS, ...RELEASE], find: controllerFindings },
  { title: 'guards of foreign routes', needs: ['admissionPolicies', ...CONTROLLERS, ...RELEASE], find: guardFindings },
  { title: 'TLS', needs: [...CONTROLLERS, ...RELEASE], find: tlsFindings },
  { title: 'other operators', needs: ['kaosOperators', 'gatewayOperators', ...CONTROLLERS], find: writerFindings },
  { title: 'the Gateway and its class', needs: ['gateways', 'gatewayClasses', ...RELEASE], find: gatewayFindings },
  { title: 'listeners', needs: ['gateways', ...RELEASE], find: listenerFindings },
  {
    title: 'classes of AgentGateways',
    needs: ['agentGatewayClasses', 'agentGateways', ...RELEASE],
    find: classFindings,
  },
  { title: 'deletions', needs: [], find: deletionFindings },
  { title: 'routes that are missing', needs: ['routes', ...CONTROLLERS, ...RELEASE], find: absentRouteFindings },
  { title: 'routes', needs: ['routes', ...CONTROLLERS, ...RELEASE], find: routeFindings },
  { title: 'resources', needs: [...CONTROLLERS, ...RELEASE], find: resourceFindings },
  { title: "Metacontroller's flags", needs: ['statefulSets', 'deployments'], find: engineFlagFindings },
  { title: "Metacontroller's reports", needs: ['events'], find: reportFindings },
];
