import type { Manifest } from '../../support/helm.ts';
import { ownerReference } from '../../support/owner.ts';
import type { Stored } from './api.ts';

/** The field manager of both operators: the name of their program. */
export const GO_OPERATOR = 'manager';

interface Variable {
  readonly name: string;
  readonly value: string;
}

/** The children that the Agent Gateway KrakenD operator makes for a gateway with this environment. */
export function operatorsGateway(gateway: Stored, env: readonly Variable[]): readonly [Manifest, Manifest, Manifest] {
  const { name } = gateway.metadata;
  const metadata = (child: string) => ({ ...ownedBy(gateway, child), labels: { app: name } });
  const configMap = { 'krakend.json': '{\n\t"version": 3,\n\t"port": 8080,\n\t"endpoints": []\n}' };
  return [
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: metadata(`${name}-krakend-config`), data: configMap },
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: metadata(name),
      spec: {
        replicas: 1,
        selector: { matchLabels: { app: name } },
        template: {
          metadata: {
            labels: { app: name },
            annotations: { 'runtime.agentic-layer.ai/config-hash': '0123456789abcdef' },
          },
          spec: operatorsPod(name, env),
        },
      },
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: metadata(name),
      spec: {
        type: 'ClusterIP',
        selector: { app: name },
        ports: [{ name: 'http', port: 80, targetPort: 8080, protocol: 'TCP' }],
      },
    },
  ];
}

function operatorsPod(name: string, env: readonly Variable[]): object {
  const probe = { httpGet: { path: '/__health', port: 8080 }, successThreshold: 1, failureThreshold: 3 };
  return {
    containers: [
      {
        name: 'agent-gateway',
        image: 'ghcr.io/agentic-layer/agent-gateway-krakend:0.6.3',
        ports: [{ name: 'http', containerPort: 8080, protocol: 'TCP' }],
        env: [{ name: 'FC_ENABLE', value: '1' }, ...env],
        resources: { requests: { cpu: '100m', memory: '32Mi' }, limits: { cpu: '500m', memory: '64Mi' } },
        volumeMounts: [{ name: 'krakend-config-volume', mountPath: '/etc/krakend' }],
        livenessProbe: { ...probe, initialDelaySeconds: 10, periodSeconds: 10, timeoutSeconds: 5 },
        readinessProbe: { ...probe, initialDelaySeconds: 5, periodSeconds: 5, timeoutSeconds: 3 },
      },
    ],
    volumes: [{ name: 'krakend-config-volume', configMap: { name: `${name}-krakend-config` } }],
  };
}

/** The route that the KAOS operator makes for an exposed Agent whose timeout is `0s`. */
export function operatorsRoute(agent: Stored): Manifest {
  const { name, namespace } = agent.metadata;
  const value = `/${namespace}/agent/${name}`;
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { ...ownedBy(agent, `agent-${name}`), labels: { app: 'agent', agent: name } } as Manifest['metadata'],
    spec: {
      parentRefs: [{ name: 'kaos-gateway', namespace: 'kaos-system' }],
      rules: [
        {
          matches: [{ path: { type: 'PathPrefix', value } }],
          filters: [
            { type: 'URLRewrite', urlRewrite: { path: { type: 'ReplacePrefixMatch', replacePrefixMatch: '/' } } },
          ],
          backendRefs: [{ name: `agent-${name}`, port: 8000 }],
        },
      ],
    },
  };
}

/** A child of this name in the namespace of its owner. */
export function ownedBy(owner: Stored, name: string) {
  return { namespace: owner.metadata.namespace ?? '', name, ownerReferences: [ownerReference(owner)] };
}
