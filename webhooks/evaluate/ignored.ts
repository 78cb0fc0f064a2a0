import path from 'node:path';

/**
 * Whether a pattern of `--ignore` matches a path, or a folder of it. A pattern without a slash matches a name at any depth, as in a
 * .gitignore. The path is relative to the folder on the command line.
 */
export function isIgnored(given: string, patterns: readonly string[]): boolean {
  const steps = path.normalize(given).split(path.sep);
  return patterns
    .map(withoutLastSlash)
    .some((pattern) =>
      pattern.includes('/')
        ? steps.some((_step, index) => path.matchesGlob(steps.slice(0, index + 1).join('/'), pattern))
        : steps.some((step) => path.matchesGlob(step, pattern)),
    );
}

/** `charts/` names a folder as `charts` does. */
function withoutLastSlash(pattern: string): string {
  return pattern.replace(/^\.\//, '').replace(/\/$/, '');
}
