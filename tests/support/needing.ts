import { describe, it } from 'vitest';

/** Something that tests need and that may be missing: the variable that names it, or a description. */
export interface Need {
  readonly name: string;
  readonly found: boolean;
}

interface Runners {
  readonly describe: typeof describe;
  readonly it: typeof it;
}

/**
 * `describe` and `it` for tests with these needs. If one is missing, the tests are skipped and their titles say why:
 * `the chart (skipped: needs HELM)`. `.ci/skipped.ts` reads the titles. `each` and `for` are supported too.
 */
export function needing(...needs: readonly Need[]): Runners {
  const missing = needs.filter(({ found }) => !found).map(({ name }) => name);
  if (missing.length === 0) {
    return { describe, it };
  }
  const reason = ` (skipped: needs ${missing.join(', ')})`;
  return {
    describe: withReason(describe.skip, reason) as typeof describe,
    it: withReason(it.skip, reason) as typeof it,
  };
}

type Titled = (title: string, ...rest: never[]) => unknown;
interface Runner extends Titled {
  readonly each: (...cases: never[]) => unknown;
  readonly for: (...cases: never[]) => unknown;
}

function withReason(runner: Runner, reason: string): unknown {
  const titled =
    (run: Titled) =>
    (title: string, ...rest: never[]) =>
      run(`${title}${reason}`, ...rest);
  return Object.assign(titled(runner), {
    each: (...cases: never[]) => titled(runner.each(...cases) as Titled),
    for: (...cases: never[]) => titled(runner.for(...cases) as Titled),
  });
}
