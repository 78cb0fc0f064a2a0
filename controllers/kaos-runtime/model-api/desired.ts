import type { Settings } from '../../settings.ts';
import { failed } from '../hold.ts';
import { type Desired, settle } from '../settle.ts';
import { planHosted } from './hosted.ts';
import type { ObservedModelApi } from './observed.ts';
import { planProxy } from './proxy.ts';

const PLANS = { Proxy: planProxy, Hosted: planHosted };

/** A ModelAPI runs LiteLLM in mode Proxy, and Ollama in mode Hosted. */
export function desire(observed: ObservedModelApi, settings: Settings): Desired {
  const { mode } = observed.spec;
  const plan =
    mode === undefined
      ? failed('NoMode', 'spec.mode is not set; it is Proxy or Hosted')
      : PLANS[mode](observed, settings.kaosRuntime);
  return settle(observed, { plan }, settings);
}
