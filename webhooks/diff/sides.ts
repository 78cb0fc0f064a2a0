import { type Documents, documentsIn, type Input } from '../render/evaluate.ts';
import { inputOf } from '../render/input-flags.ts';
import type { Remark } from '../render/remark.ts';
import { readSources, type Sources } from '../render/sources.ts';
import type { VerbCall } from '../verb.ts';
import { readRevision } from './revision.ts';
import { withServerFields } from './server-fields.ts';

/** The flags that name the other state. */
interface AgainstFlags {
  readonly against: readonly string[];
  readonly againstRevision?: string;
  readonly againstCluster?: true;
  readonly againstValues: readonly string[];
  readonly cluster?: true;
  readonly values: readonly string[];
}

/** The documents of a state, and how they are evaluated. */
export interface Side {
  readonly input: Input;
  readonly documents: Documents;
}

/** The two states, or why they cannot be read. */
export type SidesReading =
  | { readonly outcome: 'read'; readonly before: Side; readonly after: Side }
  | { readonly outcome: 'bad'; readonly line: string };

/** Reads the two states that arguments and flags name. */
export function readSides(call: VerbCall): SidesReading {
  const flags = call.flags as unknown as AgainstFlags;
  const isCluster = flags.cluster === true || flags.againstCluster === true;
  const line = whyNotOne(flags, isCluster) ?? whyNotPaths(call, flags);
  if (line !== undefined) {
    return { outcome: 'bad', line };
  }
  const after = inputOf(withFlags(call, { cluster: isCluster || undefined }));
  if (after.outcome === 'bad') {
    return after;
  }
  const before = olderInput(call, { flags, isCluster, after: after.input });
  return before.outcome === 'bad' ? before : documentsOf(flags, before.input, after.input);
}

function withFlags(call: VerbCall, flags: VerbCall['flags']): VerbCall {
  return { ...call, flags: { ...call.flags, ...flags } };
}

/** The state to compare with is a folder, a revision or a cluster. */
function whyNotOne({ against, againstRevision }: AgainstFlags, isCluster: boolean): string | undefined {
  const given = [against.length > 0, againstRevision !== undefined, isCluster].filter((isGiven) => isGiven).length;
  if (given === 1) {
    return undefined;
  }
  const expected = 'expected one of --against PATH, --against-revision REVISION and --against-cluster';
  return given === 0 ? `${expected}, which says what to compare with` : `${expected}, and not several`;
}

function whyNotPaths({ args }: VerbCall, { against }: AgainstFlags): string | undefined {
  if (args.length === 0) {
    return "expected files, folders or '-' for standard input to compare";
  }
  return args.includes('-') && against.includes('-')
    ? '--against -: standard input can be read once, and is one of the paths already'
    : undefined;
}

interface Older {
  readonly flags: AgainstFlags;
  readonly isCluster: boolean;
  readonly after: Input;
}

/** The settings of the older state: its own values, or else those of the newer one. A cluster has those of its release. */
function olderInput(call: VerbCall, { flags, isCluster, after }: Older): ReturnType<typeof inputOf> {
  const { againstValues, values } = flags;
  const others = againstValues.length > 0 || isCluster ? againstValues : values;
  return `${others}` === `${values}`
    ? { outcome: 'read', input: after }
    : inputOf(withFlags(call, { cluster: isCluster || undefined, values: others }));
}

function documentsOf({ against, againstRevision }: AgainstFlags, before: Input, after: Input): SidesReading {
  if (againstRevision !== undefined) {
    return sidesOfRevision(againstRevision, before, after);
  }
  const older = readSources({ ...before.sources, paths: against });
  const line = unreadable(older.remarks);
  return line === undefined
    ? sidesOf({ input: before, sources: older }, { input: after, sources: readSources(after.sources) })
    : { outcome: 'bad', line: `--against ${line}` };
}

function sidesOfRevision(revision: string, before: Input, after: Input): SidesReading {
  const reading = readRevision(revision, after.sources);
  if (reading.outcome === 'bad') {
    return reading;
  }
  const paths = after.sources.paths.filter((given) => !reading.removed.has(given));
  const newer = readSources({ ...after.sources, paths });
  return sidesOf({ input: before, sources: reading }, { input: after, sources: newer });
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

function unreadable(remarks: readonly Remark[]): string | undefined {
  return (
    remarks
      .filter(({ level }) => level === 'error')
      .map(({ about, text }) => `${about}: ${text}`)
      .join('\nerror: --against ') || undefined
  );
}
