import { type TSchema, Type } from '@sinclair/typebox';
import { AGE } from '../../kubernetes/crd/columns.ts';
import { environmentOf } from '../../kubernetes/crd/environment.ts';
import { podSpec } from '../../kubernetes/crd/pod-spec.ts';
import { resourcesOf } from '../../kubernetes/crd/resources.ts';
import { Condition, commonStatus } from '../../kubernetes/crd/status.ts';

/** `spec.telemetry` of a ModelAPI and an MCPServer, `spec.config.telemetry` of an Agent. */
export const telemetry = Type.Optional(
  Type.Object(
    {
      // KAOS's CRD has the default false, which turns off the telemetry of all for whoever gives an endpoint alone.
      enabled: Type.Optional(
        Type.Boolean({
          description:
            'Whether traces, metrics and logs are sent over OpenTelemetry; as for all resources where it is not set.',
        }),
      ),
      endpoint: Type.Optional(
        Type.String({ description: 'Where they are sent, by gRPC, such as http://otel-collector.observability:4317.' }),
      ),
    },
    { description: 'OpenTelemetry of this resource; that of all resources where it is not set.' },
  ),
);

const container = Type.Object(
  {
    image: Type.Optional(Type.String({ description: "Image of the container, instead of the runtime's." })),
    command: Type.Optional(
      Type.Array(Type.String({ description: 'A word of it.' }), { description: 'Command, instead of the usual one.' }),
    ),
    args: Type.Optional(
      Type.Array(Type.String({ description: 'One of them.' }), {
        description: 'Arguments, instead of the usual ones.',
      }),
    ),
    env: environmentOf('the container').env,
    resources: Type.Optional(resourcesOf('the container')),
  },
  { description: 'What is most often changed of the container.' },
);

/** The fields that the spec of every kind of KAOS has. */
export const workloadSpec = {
  gatewayRoute: Type.Optional(
    Type.Object(
      {
        timeout: Type.Optional(
          Type.String({
            pattern: '^([0-9]+(h|m|s|ms)){1,4}$',
            description:
              'How long a call through the gateway may take, such as 90s or 1m30s; 0s is for ever. The usual time of the kind where it is not set.',
          }),
        ),
      },
      { description: 'The way through the gateway.' },
    ),
  ),
  container: Type.Optional(container),
  podSpec: Type.Optional(
    podSpec(
      'Anything else of the pods: a PodSpec that is merged over the generated one as a strategic merge patch is. What cannot be merged is told in the status.',
    ),
  ),
};

function count(description: string) {
  return Type.Optional(Type.Integer({ format: 'int32', description }));
}

const deployment = Type.Object(
  {
    replicas: count('How many pods there are.'),
    readyReplicas: count('How many of them are ready.'),
    availableReplicas: count('How many of them have been ready for long enough.'),
    updatedReplicas: count('How many of them are of the present pod template.'),
    conditions: Type.Optional(Type.Array(Condition, { description: 'Conditions of the Deployment.' })),
  },
  { description: 'How far the Deployment is.' },
);

/** The fields that the status of every kind of KAOS has. */
export function workloadStatus(phase: TSchema) {
  return {
    phase: Type.Optional(phase),
    ready: Type.Optional(Type.Boolean({ description: 'Whether at least one pod is ready to be called.' })),
    endpoint: Type.Optional(Type.String({ description: 'Address in the cluster.' })),
    gatewayAddress: Type.Optional(
      Type.String({ description: 'Address at the gateway, where it has a way through it.' }),
    ),
    message: Type.Optional(Type.String({ description: 'Why the phase is what it is.' })),
    deployment: Type.Optional(deployment),
    ...commonStatus,
  };
}

/** The columns that every kind of KAOS ends with. */
export const workloadColumns = [
  { name: 'Ready', type: 'boolean', jsonPath: '.status.ready', description: 'Whether it can be called.' },
  { name: 'Phase', type: 'string', jsonPath: '.status.phase', description: 'How far it is.' },
  AGE,
  {
    name: 'Address',
    type: 'string',
    jsonPath: '.status.gatewayAddress',
    description: 'Where it is reached through the gateway.',
    priority: 1,
  },
  {
    name: 'Message',
    type: 'string',
    jsonPath: '.status.message',
    description: 'Why the phase is what it is.',
    priority: 1,
  },
] as const;
