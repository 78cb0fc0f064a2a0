import { Type } from '@sinclair/typebox';
import { quantity } from './quantity.ts';

const atomic = { 'x-kubernetes-map-type': 'atomic' };

/** The name is not required, as in core/v1, where an empty one is nearly always a mistake. */
function nameOf(kind: string) {
  return Type.Optional(Type.String({ default: '', description: `Name of the ${kind}, in the same namespace.` }));
}

/** core/v1 SecretKeySelector and ConfigMapKeySelector; `what` comes from the key. */
export function keyOf(kind: 'ConfigMap' | 'Secret', what = 'variable') {
  const properties = {
    name: nameOf(kind),
    key: Type.String({ description: `Key in the ${kind}.` }),
    optional: Type.Optional(
      Type.Boolean({ description: `Whether pods start without the ${what} where the ${kind} or the key is missing.` }),
    ),
  };
  return Type.Optional(Type.Object(properties, { description: `The value of a key in a ${kind}.`, ...atomic }));
}

const fieldRef = Type.Object(
  {
    apiVersion: Type.Optional(Type.String({ description: 'API version that the path is of; v1 where it is not set.' })),
    fieldPath: Type.String({ description: 'Path of the field, such as metadata.name or status.podIP.' }),
  },
  { description: 'A field of the pod.', ...atomic },
);

const fileKeyRef = Type.Object(
  {
    volumeName: Type.String({ description: 'Name of the volume that has the file.' }),
    path: Type.String({ description: 'Path of the file in the volume, relative and without `..`.' }),
    key: Type.String({ description: 'Key in the file.' }),
    optional: Type.Optional(
      Type.Boolean({
        default: false,
        description: 'Whether pods start without the variable where the file or the key is missing.',
      }),
    ),
  },
  { description: 'The value of a key in a file of a volume, on clusters that have EnvFiles.', ...atomic },
);

const resourceFieldRef = Type.Object(
  {
    containerName: Type.Optional(Type.String({ description: 'The container; this one where it is not set.' })),
    resource: Type.String({ description: 'What of it, such as limits.cpu or requests.memory.' }),
    divisor: Type.Optional(quantity('The unit that the value is given in; 1 where it is not set.')),
  },
  { description: 'What the container asks for or may use.', ...atomic },
);

const envVar = Type.Object(
  {
    name: Type.String({ description: 'Name of the variable.' }),
    value: Type.Optional(
      Type.String({
        description:
          'Its value. $(NAME) stands for the value of a variable that was set before, and $$(NAME) for the text $(NAME).',
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
        { description: 'Where the value comes from, instead of `value`; exactly one source.' },
      ),
    ),
  },
  { description: 'A variable.' },
);

function sourceOf(kind: string) {
  const properties = {
    name: nameOf(kind),
    optional: Type.Optional(Type.Boolean({ description: `Whether pods start where the ${kind} is missing.` })),
  };
  return Type.Optional(Type.Object(properties, { description: `All keys of a ${kind}.`, ...atomic }));
}

const envFromSource = Type.Object(
  {
    prefix: Type.Optional(Type.String({ description: 'What comes before each key in the names of the variables.' })),
    configMapRef: sourceOf('ConfigMap'),
    secretRef: sourceOf('Secret'),
  },
  { description: 'A ConfigMap or a Secret, each key of which becomes a variable.' },
);

/**
 * core/v1 EnvVar and EnvFromSource, as `env` and `envFrom` of a container.
 * https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#environment-variables
 */
export function environmentOf(container: string) {
  return {
    env: Type.Optional(Type.Array(envVar, { description: `Environment variables of ${container}.` })),
    envFrom: Type.Optional(
      Type.Array(envFromSource, { description: `More environment variables of ${container}; those in env win.` }),
    ),
  };
}
