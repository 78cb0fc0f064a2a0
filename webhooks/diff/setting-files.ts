import { existsSync, readFileSync } from 'node:fs';
import { readRevision } from './revision.ts';

/** Files with settings that both states have as they are now. */
export interface SharedFiles {
  /** Those of `--values`, unless `--against-values` gives the other state its own. */
  readonly values: readonly string[];
  /** That of ACCESS_RULES_FILE. */
  readonly accessRules: string | undefined;
}

/**
 * A line for each file of settings that a revision has otherwise. What such a file changes, both states would have, so that a list of
 * rules which opens every agent would be no difference.
 */
export function otherSettingFiles(revision: string, { values, accessRules }: SharedFiles): readonly string[] {
  const since = `differs from the file in ${revision}, and both states have it as it is now`;
  return [
    ...values
      .filter((file) => differs(file, revision))
      .map((file) => `--values ${file}: ${since}; give the file of ${revision} as --against-values`),
    ...(accessRules !== undefined && differs(accessRules, revision)
      ? [
          `ACCESS_RULES_FILE: ${accessRules} ${since}; put the rules into accessRules of --values, and those of ${revision} into --against-values`,
        ]
      : []),
  ];
}

/** A file that is in no repository, or not in the revision, cannot be compared. */
function differs(file: string, revision: string): boolean {
  const reading = existsSync(file)
    ? readRevision(revision, { paths: [file], ignore: [], readInput: () => '' })
    : undefined;
  const old = reading?.outcome === 'read' ? reading.texts[0] : undefined;
  return old !== undefined && old.text !== readFileSync(file, 'utf8');
}
