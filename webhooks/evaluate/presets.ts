import type { Controller } from '../../controllers/contract.ts';
import { isPlainObject, type PlainObject } from '../../controllers/data/plain-object.ts';
import type { ClusterChoice } from '../kubectl/cluster-flags.ts';
import { type Release, readRelease } from '../kubectl/release.ts';
import { OFFLINE_VARIABLES } from '../offline.ts';
import { chartVariables } from '../settings/chart-variables.ts';
import type { Variables } from '../settings/settings.ts';
import { isInstalled, isOnByDefault } from './controller-flags.ts';
import { CLUSTER_ORIGIN } from './origin.ts';
import { note, type Remark } from './remark.ts';
import { isSettingFlag } from './setting-flags.ts';

/** What holds where neither a flag nor an environment variable says otherwise. */
export interface Preset {
  readonly variables: Variables;
  readonly accessRules: PlainObject;
  readonly isOn: (controller: Controller) => boolean;
  /** The variables that values of the chart set, which messages name as values. */
  readonly byChart: Variables;
  readonly remarks: readonly Remark[];
}

/** The settings of offline calls. */
export const OFFLINE_PRESET: Preset = {
  variables: {},
  accessRules: {},
  isOn: isOnByDefault,
  byChart: {},
  remarks: [],
};

/** The settings of a release with these values of the chart. */
export function chartPreset(values: PlainObject, namespace = OFFLINE_VARIABLES['GATEWAY_NAMESPACE'] ?? ''): Preset {
  // Offline, no gateway accepts anything, so nothing waits for it.
  const { ACCESS_AWAIT_POLICIES: _waits, ...variables } = chartVariables(values, namespace);
  const { accessRules } = values;
  return {
    ...OFFLINE_PRESET,
    variables,
    byChart: variables,
    accessRules: isPlainObject(accessRules) ? accessRules : {},
    isOn: (controller) => isInstalled(controller, values),
  };
}

type PresetReading =
  | { readonly outcome: 'read'; readonly preset: Preset }
  | { readonly outcome: 'bad'; readonly line: string };

/** The settings of the release in a cluster. `isApplied`: whether files go over its objects, whose policies no gateway has accepted yet. */
export function clusterPreset(choice: ClusterChoice, isApplied: boolean): PresetReading {
  const reading = readRelease(choice);
  switch (reading.outcome) {
    case 'bad':
      return reading;
    case 'none':
      return withoutRelease('has no release of the chart agent-gateway-hooks');
    case 'hidden':
      return withoutRelease(
        `does not show the settings of the release (${reading.why}), nor its access rules, by which fewer may call`,
      );
    case 'found':
      return { outcome: 'read', preset: releasePreset(reading.release, isApplied) };
  }
}

function withoutRelease(why: string): PresetReading {
  const remark = note(CLUSTER_ORIGIN, `${why}, so the settings are the defaults of this command; flags change them`);
  return { outcome: 'read', preset: { ...OFFLINE_PRESET, remarks: [remark] } };
}

function releasePreset({ variables, accessRules, controllers }: Release, isApplied: boolean): Preset {
  const own = Object.entries(variables).filter(([name]) => isSettingFlag(name) && !name.endsWith('_FILE'));
  const { ACCESS_AWAIT_POLICIES: waits, ...others } = Object.fromEntries(own);
  return {
    ...OFFLINE_PRESET,
    variables: { ...others, ...(!isApplied && waits !== undefined && { ACCESS_AWAIT_POLICIES: waits }) },
    accessRules,
    ...(controllers.outcome === 'listed'
      ? { isOn: ({ name }) => controllers.names.has(name) }
      : { remarks: [unknownControllers(controllers.why)] }),
  };
}

/** A controller that is not known to be off must not count as off: its addresses would be missing. */
function unknownControllers(why: string): Remark {
  return note(
    'the cluster',
    `does not show which controllers are installed (${why}), so they are the defaults of this command; flags turn on others`,
  );
}
