import { defineController } from '../../define-controller.ts';
import { deploymentStatusReading } from '../../kubernetes/kinds/deployment-status.ts';
import { gatewayReading } from '../../kubernetes/kinds/gateway.ts';
import { httpRouteReading } from '../../kubernetes/kinds/http-route.ts';
import { serviceReading } from '../../kubernetes/kinds/service.ts';
import { mcpServerDependencyReading, modelApiDependencyReading } from '../../resources/kaos/dependency.ts';
import { runtimeAgentReading } from '../../resources/kaos/runtime-agent.ts';
import { sharedDefinition } from '../shared-definition.ts';
import { AGENT_CHILD_KINDS } from './children.ts';
import { desire } from './desired.ts';
import { observeAgent } from './observed.ts';
import { related } from './related.ts';

/** KAOS's Agent in; its Deployment, its Service and its status out. */
export const kaosRuntimeAgent = defineController({
  ...sharedDefinition,
  name: 'kaos-runtime-agent',
  parents: [runtimeAgentReading],
  children: AGENT_CHILD_KINDS,
  related: [
    modelApiDependencyReading,
    mcpServerDependencyReading,
    runtimeAgentReading,
    deploymentStatusReading,
    serviceReading,
    httpRouteReading,
    gatewayReading,
  ],
  customize: related,
  observe: observeAgent,
  desire,
});
