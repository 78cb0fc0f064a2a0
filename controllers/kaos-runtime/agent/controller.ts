import { defineController } from '../../define-controller.ts';
import { configMapReading } from '../../kubernetes/kinds/config-map.ts';
import { deploymentReading } from '../../kubernetes/kinds/deployment.ts';
import { httpRouteReading } from '../../kubernetes/kinds/http-route.ts';
import { networkPolicyReading } from '../../kubernetes/kinds/network-policy.ts';
import { serviceReading } from '../../kubernetes/kinds/service.ts';
import { serviceAccountReading } from '../../kubernetes/kinds/service-account.ts';
import {
  mcpServerDependencyReading,
  memoryStoreDependencyReading,
  modelApiDependencyReading,
} from '../../resources/kaos/dependency.ts';
import { runtimeAgentReading } from '../../resources/kaos/runtime-agent.ts';
import { sharedDefinition } from '../shared-definition.ts';
import { AGENT_CHILD_KINDS } from './children.ts';
import { desire } from './desired.ts';
import { observeAgent } from './observed.ts';
import { references } from './references.ts';
import { related } from './related.ts';

/** Runs KAOS's Agents: makes the Deployment, the Service, the account and the status of each. */
export const kaosRuntimeAgent = defineController({
  ...sharedDefinition,
  name: 'kaos-runtime-agent',
  parents: [runtimeAgentReading],
  children: AGENT_CHILD_KINDS,
  related: [
    modelApiDependencyReading,
    mcpServerDependencyReading,
    memoryStoreDependencyReading,
    runtimeAgentReading,
    deploymentReading,
    networkPolicyReading,
    serviceReading,
    serviceAccountReading,
    httpRouteReading,
    configMapReading,
  ],
  customize: related,
  observe: observeAgent,
  desire,
  references,
});
