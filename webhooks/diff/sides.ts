import { type Documents, documentsIn, type Input } from '../evaluate/evaluate.ts';
import { inputOf } from '../evaluate/input-flags.ts';
import type { Remark } from '../evaluate/remark.ts';
import { flagVariables } from '../evaluate/setting-flags.ts';
import { readSources, type Sources } from '../evaluate/sources.ts';
import type { VerbCall } from '../verb.ts';
import { type Against, readAgainst } from './against.ts';
import { readRevision } from './revision.ts';
import { withServerFields } from './server-fields.ts';
import { otherSettingFiles, type SharedFiles } from './setting-files.ts';

interface ValueFlags {
  readonly values: readonly string[];
  readonly againstValues: readonly string[];
}

/** The documents of a state, and how they are evaluated. */
export interface Side {
  readonly input: Input;
  readonly documents: Documents;
}

interface Bad {
  readonly outcome: 'bad';
  readonly line: string;
}

/** The two states, or why they cannot be read. */
export type SidesReading = { readonly outcome: 'read'; readonly before: Side; readonly after: Side } | Bad;

/** Reads the two states that arguments and flags name. */
export function readSides(call: VerbCall): SidesReading {
  const reading = readAgainst(call);
  if (reading.outcome === 'bad') {
    return reading;
  }
  const { against } = reading;
  const after = inputOf(withFlags(call, against, {}));
  if (after.outcome === 'bad') {
    return after;
  }
  const before = olderInput(call, against, after.input);
  if (before.outcome === 'bad') {
    return before;
  }
  const shared = against.of === 'revision' ? otherSettingFiles(against.revision, sharedFiles(call)) : [];
  if (shared.length > 0) {
    return { outcome: 'bad', line: shared.join('\nerror: ') };
  }
  const sources = readBoth(against, before.input, after.input);
  if (sources.outcome === 'bad') {
    return sources;
  }
  const line = unreadable(sources.newer.remarks);
  return line === undefined
    ? sidesOf({ input: before.input, sources: sources.older }, { input: after.input, sources: sources.newer })
    : { outcome: 'bad', line };
}

function withFlags(call: VerbCall, against: Against, flags: VerbCall['flags']): VerbCall {
  return { ...call, flags: { ...call.flags, ...(against.of === 'cluster' && { cluster: true }), ...flags } };
}

/** The settings of the older state: its own values, or else those of the newer one. A cluster has those of its release. */
function olderInput(
  call: VerbCall,
  against: Against,
  after: Input,
): { readonly outcome: 'read'; readonly input: Input } | Bad {
  const { againstValues, values } = call.flags as unknown as ValueFlags;
  const own = againstValues.length > 0 || against.of === 'cluster' ? againstValues : values;
  return `${own}` === `${values}`
    ? { outcome: 'read', input: after }
    : inputOf(withFlags(call, against, { values: own }));
}

/** An access rules file of a flag or of the environment has its rules in both states, whatever the values say. */
function sharedFiles({ flags, variables }: VerbCall): SharedFiles {
  const { againstValues, values } = flags as unknown as ValueFlags;
  return {
    values: againstValues.length > 0 ? [] : values,
    accessRules: flagVariables(flags)['ACCESS_RULES_FILE'] ?? variables['ACCESS_RULES_FILE'],
  };
}

type BothSources = { readonly outcome: 'read'; readonly older: Sources; readonly newer: Sources } | Bad;

function readBoth(against: Against, before: Input, after: Input): BothSources {
  if (against.of === 'revision') {
    return readWithRevision(against.revision, after);
  }
  const newer = readSources(after.sources);
  switch (against.of) {
    case 'values':
      return { outcome: 'read', older: newer, newer };
    case 'cluster':
      return { outcome: 'read', older: { texts: [], remarks: [] }, newer };
    case 'paths': {
      const older = readSources({ ...before.sources, paths: against.paths });
      const line = unreadable(older.remarks, '--against ');
      return line === undefined ? { outcome: 'read', older, newer } : { outcome: 'bad', line };
    }
  }
}

/** Paths that only the revision has are not read now. */
function readWithRevision(revision: string, { sources }: Input): BothSources {
  const older = readRevision(revision, sources);
  if (older.outcome === 'bad') {
    return older;
  }
  const paths = sources.paths.filter((given) => !older.removed.has(given));
  return { outcome: 'read', older, newer: readSources({ ...sources, paths }) };
}

/** The lines about paths that cannot be read; undefined if all can. Without them everything would seem to be gone, or to be new. */
function unreadable(remarks: readonly Remark[], flag = ''): string | undefined {
  const errors = remarks.filter(({ level }) => level === 'error');
  return errors.map(({ about, text }) => `${flag}${about}: ${text}`).join('\nerror: ') || undefined;
}

interface ReadSide {
  readonly input: Input;
  readonly sources: Sources;
}

function sidesOf(before: ReadSide, after: ReadSide): SidesReading {
  const older = documentsIn(before.sources, before.input);
  const newer = documentsIn(after.sources, after.input);
  return {
    outcome: 'read',
    before: { input: before.input, documents: withServerFields(older, newer, before.input.selection) },
    after: { input: after.input, documents: withServerFields(newer, older, after.input.selection) },
  };
}
