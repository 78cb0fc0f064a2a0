import { Type } from '@sinclair/typebox';

/**
 * core/v1 Volume. Its kinds are not spelled out: the API server checks them anyway when a pod is made, and with them a
 * CRD is three times as large.
 * https://kubernetes.io/docs/reference/kubernetes-api/config-and-storage-resources/volume/
 */
export const Volume = Type.Object(
  { name: Type.String({ description: 'Name by which volumeMounts refer to the volume.' }) },
  {
    description: 'A volume, with any of the kinds that pods have, such as configMap or emptyDir.',
    'x-kubernetes-preserve-unknown-fields': true,
  },
);

/** core/v1 VolumeMount: https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#volumes-1 */
export const VolumeMount = Type.Object(
  {
    name: Type.String({ description: 'Name of the volume.' }),
    mountPath: Type.String({ description: 'Folder in the container where the volume appears; it has no colon.' }),
    subPath: Type.Optional(Type.String({ description: 'The part of the volume that appears; all of it if not set.' })),
    subPathExpr: Type.Optional(
      Type.String({ description: 'The same as subPath, with $(NAME) for environment variables.' }),
    ),
    readOnly: Type.Optional(Type.Boolean({ description: 'Whether the container may only read.' })),
    recursiveReadOnly: Type.Optional(
      Type.String({
        description: 'Whether mounts below are read-only too: Disabled, IfPossible or Enabled.',
      }),
    ),
    mountPropagation: Type.Optional(
      Type.String({
        description: 'Whether mounts pass between host and container: None, HostToContainer or Bidirectional.',
      }),
    ),
  },
  { description: 'A volume at a place in the container.' },
);
