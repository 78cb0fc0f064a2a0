import { parse } from 'yaml';
import type { Manifest } from '../../support/helm.ts';
import type { Answered } from './answers.ts';
import { mountedFiles, type Pod, podsOf } from './pods.ts';

/** A pod of a ModelAPI in mode Proxy. */
export interface LiteLlmPod {
  /** The names of all pods that would start LiteLLM in the same way. */
  readonly names: readonly string[];
  readonly pod: Pod;
  /** The objects to which it refers. */
  readonly objects: readonly Manifest[];
  /** The models of its configuration. */
  readonly entries: readonly Entry[];
  /** The `spec.proxyConfig.models` of its ModelAPI. */
  readonly models: readonly string[];
}

/** The name of a model for callers, and the model that LiteLLM asks its provider for. */
interface Entry {
  readonly name: string;
  readonly model: string;
}

const LABEL = 'modelapi';

/** The LiteLLM pods in an answer for these resources, with their users' Secrets and ConfigMaps. */
export function liteLlmPods(
  { name, children }: Answered,
  resources: readonly Manifest[],
  usersObjects: readonly Manifest[],
): LiteLlmPod[] {
  const objects = [...children, ...usersObjects];
  const pods = podsOf(children).filter(({ volumes }) => volumes.some((volume) => volume.name === 'litellm-config'));
  return pods.map((pod) => {
    const resource = resources.find(({ kind, metadata }) => kind === 'ModelAPI' && metadata.name === pod.labels[LABEL]);
    return {
      names: [`${name}, ${pod.name}`],
      pod,
      objects,
      entries: entriesOf(pod, objects),
      models: (resource?.['spec'] as ModelApiSpec | undefined)?.proxyConfig.models ?? [],
    };
  });
}

interface ModelApiSpec {
  readonly proxyConfig: { readonly models: readonly string[] };
}

interface Configuration {
  readonly model_list: readonly { readonly model_name: string; readonly litellm_params: { readonly model: string } }[];
}

/** The models in the configuration. Empty if the user's own arguments name no configuration. */
function entriesOf({ container, volumes, ...pod }: Pod, objects: readonly Manifest[]): readonly Entry[] {
  if (!container.args?.includes('--config')) {
    return [];
  }
  const text = mountedFiles({ container, volumes, ...pod }, objects)['config.yaml'] ?? '';
  const { model_list }: Configuration = parse(text);
  return model_list.map(({ model_name, litellm_params }) => ({ name: model_name, model: litellm_params.model }));
}

/** One pod for each combination of arguments and configuration, because LiteLLM is slow to start. */
export function distinct(pods: readonly LiteLlmPod[]): LiteLlmPod[] {
  const alike = Map.groupBy(pods, ({ pod, objects }) =>
    JSON.stringify([pod.container.args, mountedFiles(pod, objects)]),
  );
  return [...alike.values()].flatMap((same) => {
    const [first] = same;
    return first === undefined ? [] : { ...first, names: same.flatMap(({ names }) => names) };
  });
}
