import type { Settings } from '../../settings.ts';
import { type Desired, settle } from '../settle.ts';
import { planHosted } from './hosted.ts';
import type { ObservedModelApi } from './observed.ts';
import { planProxy } from './proxy.ts';

/** A ModelAPI runs LiteLLM in mode Proxy, and Ollama in mode Hosted. */
export function desire(observed: ObservedModelApi, settings: Settings): Desired {
  const planned = observed.spec.mode === 'Proxy' ? planProxy : planHosted;
  const plan = planned(observed, settings.kaosRuntime);
  return settle(observed, { plan }, settings);
}
