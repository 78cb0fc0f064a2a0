import { Type } from '../../typebox.ts';
import { quantity } from './quantity.ts';

const atomic = { 'x-kubernetes-map-type': 'atomic' };

/** The name is optional, as in core/v1, though an empty name is nearly always a mistake. */
function nameOf(kind: string) {
  return Type.Optional(
    Type.String({ default: '', example: 'my-name', description: `Name of the ${kind}, in the same namespace.` }),
  );
}

/** core/v1 SecretKeySelector and ConfigMapKeySelector, which may be left out. `what` names the thing that the key holds. */
export function keyOf(kind: 'ConfigMap' | 'Secret', what = 'variable') {
  return Type.Optional(requiredKeyOf(kind, what));
}

/** The same, where it may not be left out. */
export function requiredKeyOf(kind: 'ConfigMap' | 'Secret', what: string) {
  const properties = {
    name: nameOf(kind),
    key: Type.String({ example: 'my-key', description: `Key in the ${kind}.` }),
    optional: Type.Optional(
      Type.Boolean({ description: `Whether pods start without the ${what} if the ${kind} or the key is missing.` }),
    ),
  };
  return Type.Object(properties, { description: `Takes the value from a key of a ${kind}.`, ...atomic });
}

const fieldRef = Type.Object(
  {
    apiVersion: Type.Optional(Type.String({ description: 'API version of the path. Defaults to v1.' })),
    fieldPath: Type.String({
      example: 'metadata.name',
      description: 'Path of the field, such as metadata.name or status.podIP.',
    }),
  },
  { description: 'Takes the value from a field of the pod.', ...atomic },
);

const fileKeyRef = Type.Object(
  {
    volumeName: Type.String({ example: 'my-volume', description: 'Name of the volume with the file.' }),
    path: Type.String({
      example: 'settings.env',
      description: 'Relative path of the file in the volume, without `..`.',
    }),
    key: Type.String({ example: 'LOG_LEVEL', description: 'Key in the file.' }),
    optional: Type.Optional(
      Type.Boolean({
        default: false,
        description: 'Whether pods start without the variable if the file or the key is missing.',
      }),
    ),
  },
  {
    description: 'Takes the value from a key in a file of a volume, on clusters with the feature EnvFiles.',
    ...atomic,
  },
);

const resourceFieldRef = Type.Object(
  {
    containerName: Type.Optional(Type.String({ description: 'Name of the container. Defaults to this container.' })),
    resource: Type.String({
      example: 'limits.memory',
      description: 'Resource to take, such as limits.cpu or requests.memory.',
    }),
    divisor: Type.Optional(quantity('Unit of the value. Defaults to 1.')),
  },
  { description: 'Takes the value from a resource request or limit of a container.', ...atomic },
);

const envVar = Type.Object(
  {
    name: Type.String({ example: 'LOG_LEVEL', description: 'Name of the variable.' }),
    value: Type.Optional(
      Type.String({
        description:
          'Value. $(NAME) is replaced with the value of a variable that is set before this one; $$(NAME) gives the text $(NAME).',
      }),
    ),
    valueFrom: Type.Optional(
      Type.Object(
        {
          configMapKeyRef: keyOf('ConfigMap'),
          secretKeyRef: keyOf('Secret'),
          fieldRef: Type.Optional(fieldRef),
          resourceFieldRef: Type.Optional(resourceFieldRef),
          fileKeyRef: Type.Optional(fileKeyRef),
        },
        { description: 'Source of the value, instead of `value`. Set exactly one.' },
      ),
    ),
  },
  { description: 'An environment variable.' },
);

function sourceOf(kind: string) {
  const properties = {
    name: nameOf(kind),
    optional: Type.Optional(Type.Boolean({ description: `Whether pods start if the ${kind} is missing.` })),
  };
  return Type.Optional(Type.Object(properties, { description: `All keys of a ${kind}.`, ...atomic }));
}

const envFromSource = Type.Object(
  {
    prefix: Type.Optional(Type.String({ description: 'Prefix of the variable names, before each key.' })),
    configMapRef: sourceOf('ConfigMap'),
    secretRef: sourceOf('Secret'),
  },
  { description: 'A ConfigMap or a Secret. Each of its keys becomes a variable.' },
);

/**
 * core/v1 EnvVar and EnvFromSource, as `env` and `envFrom` of a container.
 * https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#environment-variables
 */
export function environmentOf(container: string) {
  return {
    env: Type.Optional(Type.Array(envVar, { description: `Environment variables of ${container}.` })),
    envFrom: Type.Optional(
      Type.Array(envFromSource, {
        description: `Sources of more environment variables of ${container}. Variables in env override them.`,
      }),
    ),
  };
}
