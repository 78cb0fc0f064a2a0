import { AGE } from '../../kubernetes/crd/columns.ts';
import { environmentOf } from '../../kubernetes/crd/environment.ts';
import { podSpec } from '../../kubernetes/crd/pod-spec.ts';
import { resourcesOf } from '../../kubernetes/crd/resources.ts';
import { Condition, commonStatus } from '../../kubernetes/crd/status.ts';
import { type TSchema, Type } from '../../typebox.ts';

/** `spec.telemetry` of a ModelAPI and an MCPServer, `spec.config.telemetry` of an Agent. */
export const telemetry = Type.Optional(
  Type.Object(
    {
      // KAOS's CRD defaults to false. So a resource that sets only an endpoint would turn off the default telemetry.
      enabled: Type.Optional(
        Type.Boolean({
          description:
            'Whether to send traces, metrics and logs over OpenTelemetry. Defaults to the setting for all resources.',
        }),
      ),
      endpoint: Type.Optional(
        Type.String({
          example: 'http://otel-collector.observability:4317',
          description: 'gRPC endpoint that receives them, such as http://otel-collector.observability:4317.',
        }),
      ),
    },
    { description: 'OpenTelemetry settings of this resource. Defaults to the settings for all resources.' },
  ),
);

const container = Type.Object(
  {
    image: Type.Optional(
      Type.String({
        example: 'ghcr.io/example/app:1.0',
        description: 'Image of the container, instead of the default image.',
      }),
    ),
    command: Type.Optional(
      Type.Array(Type.String({ example: 'python', description: 'A word of the command.' }), {
        description: 'Command, instead of the default.',
      }),
    ),
    args: Type.Optional(
      Type.Array(Type.String({ example: '--verbose', description: 'An argument.' }), {
        description: 'Arguments, instead of the defaults.',
      }),
    ),
    env: environmentOf('the container').env,
    resources: Type.Optional(resourcesOf('the container')),
  },
  { description: 'The most common overrides of the container.' },
);

/** The spec fields of every KAOS kind. */
export const workloadSpec = {
  gatewayRoute: Type.Optional(
    Type.Object(
      {
        timeout: Type.Optional(
          Type.String({
            pattern: '^([0-9]+(h|m|s|ms)){1,4}$',
            example: '300s',
            description:
              'Timeout of a call through the gateway, such as 90s or 1m30s. 0s means no timeout. Defaults to the timeout of the kind.',
          }),
        ),
      },
      { description: 'Route through the gateway.' },
    ),
  ),
  container: Type.Optional(container),
  podSpec: Type.Optional(
    podSpec(
      'Overrides of the pods: a PodSpec that is merged into the generated one as a strategic merge patch. The status reports fields that cannot be merged.',
    ),
  ),
};

function count(description: string) {
  return Type.Optional(Type.Integer({ format: 'int32', description }));
}

const deployment = Type.Object(
  {
    replicas: count('Number of pods.'),
    readyReplicas: count('Number of ready pods.'),
    availableReplicas: count('Number of pods that have been ready for at least minReadySeconds.'),
    updatedReplicas: count('Number of pods with the current pod template.'),
    conditions: Type.Optional(Type.Array(Condition, { description: 'Conditions of the Deployment.' })),
  },
  { description: 'State of the Deployment.' },
);

/** The status fields of every KAOS kind. */
export function workloadStatus(phase: TSchema) {
  return {
    phase: Type.Optional(phase),
    ready: Type.Optional(Type.Boolean({ description: 'Whether at least one pod is ready for calls.' })),
    endpoint: Type.Optional(Type.String({ description: 'Address in the cluster.' })),
    gatewayAddress: Type.Optional(Type.String({ description: 'Address at the gateway, if the resource has a route.' })),
    message: Type.Optional(Type.String({ description: 'Reason for the phase.' })),
    deployment: Type.Optional(deployment),
    ...commonStatus,
  };
}

/** The last columns of every KAOS kind. */
export const workloadColumns = [
  {
    name: 'Ready',
    type: 'boolean',
    jsonPath: '.status.ready',
    description: 'Whether at least one pod is ready for calls.',
  },
  { name: 'Phase', type: 'string', jsonPath: '.status.phase', description: 'Phase of the resource.' },
  AGE,
  {
    name: 'Address',
    type: 'string',
    jsonPath: '.status.gatewayAddress',
    description: 'Address at the gateway.',
    priority: 1,
  },
  {
    name: 'Message',
    type: 'string',
    jsonPath: '.status.message',
    description: 'Reason for the phase.',
    priority: 1,
  },
] as const;
