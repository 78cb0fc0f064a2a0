import { fieldAt, mapsAt, textAt, textsAt } from './fields.ts';
import { type Gathered, itemsOf } from './gather.ts';
import { annotationOf, type Item, labelOf } from './item.ts';

/** Metacontroller, as the cluster runs it. */
export interface Engine {
  /** Its StatefulSet, or the Deployment that stands in for it. */
  readonly workload: Item;
  readonly serviceAccount: string;
  readonly args: readonly string[];
  /** `4.17.2`; empty if neither a label nor the image says it. */
  readonly version: string;
  /** The release of its chart; undefined if plain manifests made it. */
  readonly helmRelease: string | undefined;
}

/** The programs in the cluster that may be Metacontroller, by the labels of its chart and of its plain manifests. */
export function enginesIn({ looks }: Gathered): readonly Engine[] {
  const deployments = itemsOf(looks.deployments).filter((item) =>
    labelOf(item, 'app.kubernetes.io/name').startsWith('metacontroller'),
  );
  return [...itemsOf(looks.statefulSets), ...deployments].map(engineOf);
}

function engineOf(workload: Item): Engine {
  const pod = fieldAt(workload.object, 'spec', 'template', 'spec');
  const [container] = mapsAt(pod, 'containers');
  const image = textAt(container, 'image');
  const told = [image.split('@')[0]?.split(':').at(-1) ?? '', labelOf(workload, 'app.kubernetes.io/version')];
  return {
    workload,
    serviceAccount: textAt(pod, 'serviceAccountName') || 'default',
    args: [...textsAt(container, 'command').slice(1), ...textsAt(container, 'args')],
    version: told.map((text) => /^v?(\d+\.\d+\.\d+)/.exec(text)?.[1]).find((text) => text !== undefined) ?? '',
    helmRelease: annotationOf(workload, 'meta.helm.sh/release-name') || undefined,
  };
}

/** The value of a flag, given as `--flag=value` or `--flag value`; undefined if it is not given. */
export function flagOf({ args }: Pick<Engine, 'args'>, flag: string): string | undefined {
  const at = args.findLastIndex((arg) => arg === flag || arg.startsWith(`${flag}=`));
  const arg = args[at];
  return arg === flag ? args[at + 1] : arg?.slice(flag.length + 1);
}

/** Whether a flag is on, given alone or with a value. */
export function isOn({ args }: Pick<Engine, 'args'>, flag: string): boolean {
  return args.includes(flag) || args.includes(`${flag}=true`);
}
