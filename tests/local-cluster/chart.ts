import { GATEWAY_CLASS } from '../cluster/support/envoy-gateway.ts';
import { helm } from '../cluster/support/helm-release.ts';
import { SERVICE_ACCOUNT } from '../cluster/support/release.ts';
import type { Manifest } from '../support/helm.ts';
import type { LocalCluster } from './local-cluster.ts';

/** The class of the Gateway that this machine's Envoy serves. */
export const GATEWAY_CLASS_OBJECT: Manifest = {
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'GatewayClass',
  metadata: { name: GATEWAY_CLASS },
  spec: { controllerName: 'gateway.envoyproxy.io/gatewayclass-controller' },
};

const valuesAt = (gatewayPort: number) => ({
  'image.repository': 'registry.example.com/agent-gateway-hooks',
  replicas: 1,
  'agentGateway.enabled': true,
  'agentRuntimeCRDs.enabled': true,
  'gatewayAPI.enabled': true,
  'gatewayAPI.createGateway': true,
  'gatewayAPI.gatewayClassName': GATEWAY_CLASS,
  'gatewayAPI.listenerPort': gatewayPort,
  'metacontroller.role.bindTo.serviceAccount': SERVICE_ACCOUNT.name,
});

interface Release {
  readonly gatewayPort: number;
  /** Values besides those that every release here has. */
  readonly values: Readonly<Record<string, boolean | string>>;
  readonly signal?: AbortSignal;
}

/** Installs the chart with AgentGateways and a Gateway, and waits for the pod of the hooks. */
export async function installChart(
  { kubeconfig }: LocalCluster,
  { gatewayPort, values, signal }: Release,
): Promise<void> {
  const all = Object.entries({ ...valuesAt(gatewayPort), ...values });
  const flags = all.flatMap(([name, value]) => ['--set', `${name}=${value}`]);
  const namespace = ['--namespace', 'kaos-system', '--create-namespace'];
  const target = { kubeconfig, ...(signal && { signal }) };
  await helm(target, 'install', 'agent-gateway-hooks', 'chart', ...namespace, ...flags, '--wait');
}
