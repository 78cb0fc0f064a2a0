import type { VerbCall } from '../verb.ts';

/** The other state: that of other paths, of a revision, of a cluster, or of the same paths with other values. */
export type Against =
  | { readonly of: 'paths'; readonly paths: readonly string[] }
  | { readonly of: 'revision'; readonly revision: string }
  | { readonly of: 'cluster' }
  | { readonly of: 'values' };

interface Flags {
  readonly against: readonly string[];
  readonly againstRevision?: string;
  readonly againstCluster?: true;
  readonly againstValues: readonly string[];
  readonly cluster?: true;
}

type AgainstReading =
  | { readonly outcome: 'read'; readonly against: Against }
  | { readonly outcome: 'bad'; readonly line: string };

/** The other state that the flags name: exactly one. */
export function readAgainst({ args, flags }: VerbCall): AgainstReading {
  const [first, second] = named(flags as unknown as Flags);
  const expected = 'expected one of --against PATH, --against-revision REVISION and --against-cluster';
  if (first === undefined || second !== undefined) {
    return { outcome: 'bad', line: first ? `${expected}, and not several` : `${expected}, to compare with` };
  }
  if (args.length === 0) {
    return { outcome: 'bad', line: "expected files, folders or '-' for standard input to compare" };
  }
  return first.of === 'paths' && first.paths.includes('-') && args.includes('-')
    ? { outcome: 'bad', line: '--against -: standard input can be read once, and is one of the paths already' }
    : { outcome: 'read', against: first };
}

function named({ against, againstRevision, againstCluster, againstValues, cluster }: Flags): readonly Against[] {
  const states: readonly Against[] = [
    ...(against.length > 0 ? [{ of: 'paths', paths: against } as const] : []),
    ...(againstRevision === undefined ? [] : [{ of: 'revision', revision: againstRevision } as const]),
    ...(againstCluster || cluster ? [{ of: 'cluster' } as const] : []),
  ];
  return states.length === 0 && againstValues.length > 0 ? [{ of: 'values' }] : states;
}
