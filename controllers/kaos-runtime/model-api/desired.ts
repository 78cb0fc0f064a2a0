import type { KaosRuntimeSettings, Settings } from '../../settings.ts';
import { failed, type Plan } from '../plan.ts';
import { type Desired, settle } from '../settle.ts';
import { planHosted } from './hosted.ts';
import type { ObservedModelApi } from './observed.ts';
import { planProxy } from './proxy.ts';

/** A ModelAPI runs LiteLLM in mode Proxy, and Ollama in mode Hosted. */
export function desire(observed: ObservedModelApi, settings: Settings): Desired {
  return settle(observed, { plan: plan(observed, settings.kaosRuntime) }, settings);
}

function plan(observed: ObservedModelApi, settings: KaosRuntimeSettings): Plan {
  switch (observed.spec.mode) {
    case 'Proxy':
      return planProxy(observed, settings);
    case 'Hosted':
      return planHosted(observed, settings);
    default:
      return failed('NoMode', 'spec.mode is not set; it is Proxy or Hosted');
  }
}
