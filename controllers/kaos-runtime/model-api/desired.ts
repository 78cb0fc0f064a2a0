import type { Settings } from '../../settings.ts';
import { failed } from '../hold.ts';
import { type Desired, settle } from '../settle.ts';
import { planHosted } from './hosted.ts';
import type { ObservedModelApi } from './observed.ts';
import { planProxy } from './proxy.ts';

const PLANS = { Proxy: planProxy, Hosted: planHosted };

/** Runs LiteLLM for a ModelAPI in mode Proxy, Ollama for one in mode Hosted. */
export function desire(observed: ObservedModelApi, settings: Settings): Desired {
  const { mode } = observed.spec;
  const plan =
    mode === undefined
      ? failed('NoMode', 'spec.mode is not set; expected Proxy or Hosted')
      : PLANS[mode](observed, settings.kaosRuntime);
  return settle(observed, { plan }, settings);
}
