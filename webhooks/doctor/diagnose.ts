import { CHECKS } from './checks.ts';
import type { Finding } from './finding.ts';
import type { Gathered } from './gather.ts';
import type { Installation } from './installation.ts';
import { LOOK_NAMES, type LookName, lookAt } from './kinds.ts';
import { lastLine } from './pod-trouble.ts';

/** A check with what it found. */
export interface Checked {
  readonly title: string;
  /** `unknown`: it could not be made, because the user may not list a kind that it needs. */
  readonly verdict: 'ok' | 'missing' | 'wrong' | 'warning' | 'unknown';
  readonly findings: readonly Finding[];
}

/** A kind that could not be read. */
export interface Unread {
  readonly resource: string;
  /** kubectl's words, which name the missing right; the last of several lines that say the same. */
  readonly why: string;
}

export interface Diagnosis {
  readonly checks: readonly Checked[];
  readonly unread: readonly Unread[];
}

/** Makes all checks in their order. */
export function diagnose(installation: Installation): Diagnosis {
  const { cluster } = installation;
  return {
    checks: CHECKS.map(({ title, needs, find }) => {
      const isBlind = needs.some((name) => !isSeen(cluster, name));
      const findings = isBlind ? [] : find(installation);
      return { title, verdict: isBlind ? 'unknown' : verdictOf(findings), findings };
    }),
    unread: unreadIn(cluster),
  };
}

/** A kind that the cluster does not have has no objects. */
function isSeen({ looks }: Gathered, name: LookName): boolean {
  return looks[name]?.outcome !== 'failed';
}

function verdictOf(findings: readonly Finding[]): Checked['verdict'] {
  const [worst] = findings.toSorted((one, other) => rank(one) - rank(other));
  if (worst === undefined) {
    return 'ok';
  }
  return worst.severity === 'warning' ? 'warning' : worst.state;
}

function rank({ severity }: Finding): number {
  return severity === 'error' ? 0 : 1;
}

function unreadIn({ looks }: Gathered): readonly Unread[] {
  const all = LOOK_NAMES.flatMap((name) => {
    const look = looks[name];
    return look?.outcome === 'failed' ? [{ resource: lookAt(name).resource, why: lastLine(look.why) }] : [];
  });
  return [...new Map(all.map((each) => [each.resource, each])).values()];
}
