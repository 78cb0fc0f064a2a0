import type { Snapshot } from '../../contract.ts';
import { fitting } from '../../engine/fitting.ts';
import { type Secret, secretReading } from '../../kubernetes/kinds/config-map.ts';
import { type ModelApiSpec, modelApiSpec, type RuntimeModelApi } from '../../resources/kaos/runtime-model-api.ts';
import type { Settings } from '../../settings.ts';
import { type Observed, observe } from '../observed.ts';
import { MODEL_API_CHILD_KINDS, modelApiChildren } from './children.ts';

/** A ModelAPI and, if Secrets are hashed, the Secret with its configuration. */
export interface ObservedModelApi extends Observed {
  readonly spec: ModelApiSpec;
  readonly secrets: readonly Secret[];
}

/** Reads a ModelAPI, and the Secrets that its related rules ask for. */
export function observeModelApi(snapshot: Snapshot<RuntimeModelApi>, settings: Settings): ObservedModelApi {
  const { parent, related } = snapshot;
  const secrets = fitting(secretReading, related);
  const observed = observe(snapshot, { kinds: MODEL_API_CHILD_KINDS, names: modelApiChildren(parent) }, settings);
  return {
    ...observed,
    spec: modelApiSpec(parent),
    secrets: secrets.items,
    problems: [...observed.problems, ...secrets.problems],
  };
}
