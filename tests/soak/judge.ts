import type { Manifest } from '../support/helm.ts';
import { expectedFacts, type Facts, maskedFacts } from './plan/expected.ts';
import { factsOf } from './plan/observed.ts';
import type { World } from './plan/world.ts';

/** A change of an object that may be a child, as a watch reports it. */
export interface Seen {
  readonly type: 'there' | 'gone';
  readonly object: Manifest;
  /**
   * Whether it went because its owner had gone. A late answer can make a child of an owner that has gone, while a new one of the same
   * name wants one: that the first goes again is no loss.
   */
  readonly isOrphan?: boolean;
}

/** A child that is lost or wrong. */
export interface Finding {
  readonly seconds: number;
  readonly fact: string;
  readonly why: string;
}

export interface Judge {
  /** Tells what must be there from now on, before it is written. */
  readonly expect: (world: World) => void;
  readonly see: (seen: Seen) => void;
  /** What is not as it must be now. Right after a change this is normal. */
  readonly differences: () => readonly Difference[];
  /** Counts what is not as it must be now as lost or wrong, because nothing more would mend it. */
  readonly condemn: () => void;
  readonly findings: () => { readonly lost: readonly Finding[]; readonly wrong: readonly Finding[] };
}

interface Difference {
  readonly fact: string;
  readonly there: string | undefined;
  readonly expected: string | undefined;
}

/** How long an answer about an earlier state may still be carried out: a call and its retries. */
const GRACE_MS = 60_000;

/** Compares what must be there with what is there, at each change, and says at once what is lost or wrong. */
export function newJudge(say: (line: string) => void = () => undefined): Judge {
  const start = performance.now();
  const lost: Finding[] = [];
  const wrong: Finding[] = [];
  let expected: Facts = new Map();
  /** Since when each fact is wanted, and all values that it was ever wanted with. */
  const wantedSince = new Map<string, number>();
  const wantedValues = new Map<string, Set<string>>();
  const objects = new Map<string, Facts>();
  const thereSince = new Map<string, number>();
  const found = (list: Finding[], fact: string, why: string) => {
    const seconds = Math.round((performance.now() - start) / 1000);
    list.push({ seconds, fact, why });
    say(`${seconds} s: ${fact} ${why}`);
  };

  /** An answer from before the fact was wanted may take it away, unless it was made after that. */
  const isLoss = (fact: string) => {
    const since = wantedSince.get(fact);
    const made = thereSince.get(fact) ?? 0;
    return since !== undefined && (made > since || performance.now() - since > GRACE_MS);
  };
  const vanished = (fact: string, isOrphan: boolean) => {
    if (!isOrphan && isLoss(fact)) {
      found(lost, fact, 'vanished while it was wanted');
    }
    thereSince.delete(fact);
  };
  const appeared = (fact: string, value: string) => {
    if (!wantedValues.get(fact)?.has(value)) {
      found(wrong, fact, `is '${value}', which was never wanted`);
    }
    if (!thereSince.has(fact)) {
      thereSince.set(fact, performance.now());
    }
  };
  const differences = () => differencesOf(expected, new Map([...objects.values()].flatMap((facts) => [...facts])));
  return {
    expect: (world) => {
      expected = expectedFacts(world);
      for (const [fact, value] of [...expected, ...maskedFacts(world)]) {
        wantedValues.set(fact, (wantedValues.get(fact) ?? new Set()).add(value));
      }
      for (const fact of expected.keys()) {
        wantedSince.set(fact, wantedSince.get(fact) ?? performance.now());
      }
      for (const fact of [...wantedSince.keys()].filter((each) => !expected.has(each))) {
        wantedSince.delete(fact);
      }
    },
    see: ({ type, object, isOrphan = false }) => {
      const id = `${object.kind} ${object.metadata.namespace}/${object.metadata.name}`;
      const before = objects.get(id) ?? new Map<string, string>();
      const after = type === 'there' ? factsOf(object) : new Map<string, string>();
      objects.set(id, after);
      for (const fact of [...before.keys()].filter((each) => !after.has(each))) {
        vanished(fact, isOrphan);
      }
      for (const [fact, value] of after) {
        if (before.get(fact) !== value) {
          appeared(fact, value);
        }
      }
    },
    differences,
    condemn: () => {
      for (const { fact, there, expected: value } of differences()) {
        found(there === undefined ? lost : wrong, fact, `is ${there}, and must be ${value}`);
      }
    },
    findings: () => ({ lost, wrong }),
  };
}

function differencesOf(expected: Facts, there: Facts): readonly Difference[] {
  const facts = [...new Set([...expected.keys(), ...there.keys()])].sort();
  return facts
    .map((fact) => ({ fact, there: there.get(fact), expected: expected.get(fact) }))
    .filter((each) => each.there !== each.expected);
}
