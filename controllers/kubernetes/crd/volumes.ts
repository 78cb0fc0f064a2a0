import { Type } from '../../typebox.ts';

/**
 * core/v1 Volume, without its volume types. They would make a CRD three times as large, and the API server checks them
 * when it creates a pod.
 * https://kubernetes.io/docs/reference/kubernetes-api/config-and-storage-resources/volume/
 */
export const Volume = Type.Object(
  { name: Type.String({ example: 'my-volume', description: 'Name of the volume, to which volumeMounts refer.' }) },
  {
    description: 'A volume of any type that pods support, such as configMap or emptyDir.',
    'x-kubernetes-preserve-unknown-fields': true,
  },
);

/** core/v1 VolumeMount: https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#volumes-1 */
export const VolumeMount = Type.Object(
  {
    name: Type.String({ example: 'my-volume', description: 'Name of the volume.' }),
    mountPath: Type.String({
      example: '/data',
      description: 'Path in the container at which the volume is mounted. It must not contain a colon.',
    }),
    subPath: Type.Optional(Type.String({ description: 'Path in the volume to mount. Defaults to the whole volume.' })),
    subPathExpr: Type.Optional(
      Type.String({ description: 'Like subPath, but $(NAME) is replaced with the value of an environment variable.' }),
    ),
    readOnly: Type.Optional(Type.Boolean({ description: 'Whether the mount is read-only.' })),
    recursiveReadOnly: Type.Optional(
      Type.String({
        description: 'Whether nested mounts are also read-only: Disabled, IfPossible or Enabled.',
      }),
    ),
    mountPropagation: Type.Optional(
      Type.String({
        description: 'How mounts propagate between host and container: None, HostToContainer or Bidirectional.',
      }),
    ),
  },
  { description: 'Mounts a volume in the container.' },
);
