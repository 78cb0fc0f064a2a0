import { defineReading } from '../../reading.ts';
import { type Static, Type } from '../../typebox.ts';
import { OwnedMetadata } from './metadata.ts';

const PolicyCondition = Type.Object({
  type: Type.String(),
  status: Type.String(),
  reason: Type.String(),
  message: Type.Optional(Type.String()),
  observedGeneration: Type.Optional(Type.Integer()),
  lastTransitionTime: Type.Optional(Type.String()),
});
export type PolicyCondition = Static<typeof PolicyCondition>;

const fields = {
  metadata: OwnedMetadata,
  spec: Type.Optional(Type.Unknown()),
  status: Type.Optional(
    Type.Object({
      ancestors: Type.Optional(Type.Array(Type.Object({ conditions: Type.Optional(Type.Array(PolicyCondition)) }))),
    }),
  ),
};

/** A policy in the cluster, with what its gateways report: https://gateway-api.sigs.k8s.io/geps/gep-713/ */
const ObservedPolicy = Type.Object({ apiVersion: Type.String(), kind: Type.String(), ...fields });
export type ObservedPolicy = Static<typeof ObservedPolicy>;

function policyReading(apiVersion: string, kind: string, resource: string) {
  return defineReading({ apiVersion, kind, resource, namespaced: true }, ObservedPolicy);
}

const ENVOY_GATEWAY = 'gateway.envoyproxy.io/v1alpha1';
export const securityPolicyReading = policyReading(ENVOY_GATEWAY, 'SecurityPolicy', 'securitypolicies');
const backendTrafficPolicyReading = policyReading(ENVOY_GATEWAY, 'BackendTrafficPolicy', 'backendtrafficpolicies');

const AGENTGATEWAY = 'agentgateway.dev/v1alpha1';
const agentgatewayPolicyReading = policyReading(AGENTGATEWAY, 'AgentgatewayPolicy', 'agentgatewaypolicies');
/** It is no policy, but the address of the keys that a policy names. */
const agentgatewayBackendReading = policyReading(AGENTGATEWAY, 'AgentgatewayBackend', 'agentgatewaybackends');

/** All kinds of objects that a controller of routes may write beside a route. */
export const policyReadings = [
  agentgatewayBackendReading,
  agentgatewayPolicyReading,
  backendTrafficPolicyReading,
  securityPolicyReading,
];
