import type { Controller, OnDemand } from '../../controllers/contract.ts';
import { isPlainObject } from '../../controllers/data/plain-object.ts';
import { controllers } from '../../controllers/registry.ts';
import { nameOf } from '../evaluate/cluster-object.ts';
import { flagOf } from '../evaluate/controller-flags.ts';
import { type GivenReading, givenSettings } from '../evaluate/given-settings.ts';
import { error, type Named, note, problemRemark, type Remark } from '../evaluate/remark.ts';
import { OFFLINE_NOW } from '../offline.ts';
import type { Variables } from '../settings/settings.ts';
import type { VerbCall } from '../verb.ts';
import { hookName, hookNamed } from '../wire/hook-names.ts';
import { calledHook, parentOf } from './called-hook.ts';
import { hasOwners } from './field-owners.ts';
import type { RecordedCall } from './recorded-calls.ts';
import { type Replayed, replay } from './replay.ts';

/** A call and its answer. */
export interface AnsweredCall {
  /** `kaos-routes/sync for Agent research/helper at 2026-01-01T00:00:00Z` */
  readonly title: string;
  readonly replayed: Replayed;
  readonly remarks: readonly Remark[];
}

/** How to answer all calls of a recording. */
export interface Choices {
  readonly settingsFor: SettingsFor;
  /** The hook's name; undefined for the one that was called. */
  readonly hook: string | undefined;
  /** The time of the calls; undefined for that of the recording. */
  readonly now: string | undefined;
}

type SettingsFor = (controller: Controller) => GivenReading;

/** Answers one recorded call. */
export function answerRecorded(recorded: RecordedCall, choices: Choices): AnsweredCall {
  const called = choices.hook === undefined ? calledHook(recorded, controllers) : hookNamed(choices.hook, controllers);
  if (called === undefined || 'why' in called) {
    return refused(recorded, called === undefined ? `${choices.hook}: is not a hook` : called.why);
  }
  const reading = choices.settingsFor(called.controller);
  if (reading.outcome === 'bad') {
    // The same for all calls, so it is printed once.
    return refused({ place: 'settings' }, reading.line);
  }
  const now = choices.now ?? recorded.time ?? OFFLINE_NOW;
  const { settings, remarks } = reading.given;
  const { body } = recorded;
  const replayed = replay(called, body, { settings, now });
  const own = remarksOf(recorded, replayed);
  return { title: `${hookName(called)} for ${parentName(body)} at ${now}`, replayed, remarks: [...remarks, ...own] };
}

/**
 * The settings for calls of each controller. One that was called is on. `variables` are those of a fixture, which has all that it needs;
 * undefined for another recording. They are read once for all calls, because a cluster can have them.
 */
export function settingsReader(call: VerbCall, variables: Variables | undefined): SettingsFor {
  const known = new Map<OnDemand | undefined, GivenReading>();
  return ({ onDemand }) => {
    const turnedOn = variables === undefined ? onDemand : undefined;
    const reading = known.get(turnedOn) ?? readWith(call, variables, turnedOn);
    known.set(turnedOn, reading);
    return reading;
  };
}

function readWith(call: VerbCall, variables: Variables | undefined, turnedOn: OnDemand | undefined): GivenReading {
  const flags = turnedOn ? { ...call.flags, [flagOf(turnedOn)]: true } : call.flags;
  return givenSettings({ ...call, flags, variables: { ...variables, ...call.variables } }, false);
}

function remarksOf({ place, body }: RecordedCall, replayed: Replayed): readonly Remark[] {
  switch (replayed.outcome) {
    case 'refused':
      return [error(place, replayed.why)];
    case 'customized':
      return [];
    case 'synced': {
      const parent = parentOf(body) as Named;
      const unowned = replayed.changes.filter(({ before, after }) => before && after && !hasOwners(before));
      return [
        ...replayed.problems.map((problem) => problemRemark(problem, parent)),
        ...unowned.map(({ child }) => note(child, WITHOUT_OWNERS)),
      ];
    }
  }
}

const WITHOUT_OWNERS =
  'has no metadata.managedFields in the call, so fields that an answer no longer has are not known to go';

function refused({ place }: Pick<RecordedCall, 'place'>, why: string): AnsweredCall {
  return { title: '', replayed: { outcome: 'refused', why }, remarks: [error(place, why)] };
}

function parentName(body: RecordedCall['body']): string {
  const parent = parentOf(body);
  return isPlainObject(parent) && typeof parent['kind'] === 'string'
    ? nameOf(parent as unknown as Named)
    : 'an unknown parent';
}
