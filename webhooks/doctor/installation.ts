import { type Engine, enginesIn } from './engine.ts';
import { expectedControllers } from './expected-controllers.ts';
import type { Gathered } from './gather.ts';
import { type HookController, hookControllersOf } from './hook-controllers.ts';
import { type Release, releasesIn } from './release.ts';

/** The cluster as all checks read it. */
export interface Installation {
  readonly cluster: Gathered;
  /** The version of this command. */
  readonly ownVersion: string;
  /** The release that is looked at. */
  readonly release: Release | undefined;
  readonly engines: readonly Engine[];
  /** The controllers of the release. */
  readonly controllers: readonly HookController[];
  /** The names of the controllers that the release should have. */
  readonly expected: readonly string[];
}

/** An installation with a release. */
export type Installed = Installation & { readonly release: Release };

export function installationIn(cluster: Gathered, release: Release | undefined, ownVersion: string): Installation {
  return {
    cluster,
    ownVersion,
    release,
    engines: enginesIn(cluster),
    controllers: release === undefined ? [] : hookControllersOf(cluster, release),
    expected: release === undefined ? [] : expectedControllers(cluster, release),
  };
}

type Choice =
  | { readonly outcome: 'chosen'; readonly release: Release | undefined }
  | { readonly outcome: 'unclear'; readonly names: readonly string[] };

/** The release that a flag names as `namespace/name`, or the only one. */
export function chooseRelease(cluster: Gathered, wanted: string | undefined): Choice {
  const releases = releasesIn(cluster);
  const nameOf = ({ namespace, name }: Release) => `${namespace}/${name}`;
  const found = releases.filter((each) => wanted === undefined || nameOf(each) === wanted);
  const isUnclear = found.length > 1 || (wanted !== undefined && found.length === 0);
  return isUnclear ? { outcome: 'unclear', names: releases.map(nameOf) } : { outcome: 'chosen', release: found[0] };
}
