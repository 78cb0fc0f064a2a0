import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as gateways from '../../support/gateways.ts';
import { agent, modelApi, observed, ready, sync } from '../../support/kaos.ts';
import { assertReaching } from '../../support/reaching.ts';

type Objects = readonly gateways.KubernetesObject[];

/** One kind of parent: its answer for a spec, a status, and the children in the cluster. */
interface Subject {
  readonly answer: (scene: SubjectScene) => Answer;
  readonly observed: (children: Objects) => Objects;
}

interface SubjectScene {
  /** A new spec has a new generation. */
  readonly generation: number;
  readonly status: object;
  readonly children: Objects;
  readonly now: string;
}

interface Answer {
  readonly children: Objects;
  readonly status: object;
  readonly programmed: gateways.Condition | undefined;
  readonly resyncAfterSeconds: number | undefined;
}

const related = [ready(modelApi())];
const kaosAgent: Subject = {
  answer: ({ generation, status, children, now }) => {
    const parent = { ...agent({ config: { description: `${generation}` } }, { generation }), status };
    const made = sync({ parent, related, children, now });
    const { resyncAfterSeconds } = made.reply as { readonly resyncAfterSeconds?: number };
    return {
      children: made.children,
      status: made.status,
      programmed: made.conditions['Programmed'],
      resyncAfterSeconds,
    };
  },
  observed: (children) => observed(children),
};
const agentGateway: Subject = {
  answer: ({ generation, status, children, now }) => {
    const metadata = { ...gateways.gateway().metadata, generation };
    const parent = { ...gateways.gateway({ env: [{ name: 'A', value: `${generation}` }] }), metadata, status };
    const made = gateways.sync({ parent, related: [gateways.agent('a/one')], children, now });
    return {
      children: made.attachments,
      status: made.status ?? {},
      programmed: made.conditions['Programmed'],
      resyncAfterSeconds: made.resyncAfterSeconds,
    };
  },
  observed: (children) => gateways.observed(children, { conditions: gateways.AVAILABLE }),
};
const SUBJECTS = [
  ['an Agent of KAOS', kaosAgent],
  ['an AgentGateway', agentGateway],
] as const;

const START = Date.parse('2026-06-01T00:00:00Z');
const at = (seconds: number) => new Date(START + seconds * 1000).toISOString().replace('.000Z', 'Z');

/** What happens at one sync: how many seconds after the one before, and whether the API server takes the children. */
interface Step {
  readonly seconds: number;
  readonly isTaken: boolean;
  readonly isChanged?: boolean;
}

/** Syncs in turn, each with the status and the children that the one before left. */
function run({ answer, observed }: Subject, steps: readonly Step[], skew: (index: number) => number = () => 0) {
  let state = { generation: 1, status: {}, children: [] as Objects, time: 0 };
  return steps.map(({ seconds, isTaken, isChanged }, index) => {
    const time = state.time + seconds;
    const generation = state.generation + (isChanged ? 1 : 0);
    const answered = answer({ ...state, generation, now: at(time + skew(index)) });
    const isWritten = !isDeepStrictEqual(answered.status, state.status);
    const children = isTaken ? observed(answered.children) : state.children;
    state = { generation, status: answered.status, children, time };
    return { ...answered, time, isWritten };
  });
}

const refused = (...seconds: number[]): Step[] => seconds.map((each) => ({ seconds: each, isTaken: false }));
const taken = (seconds: number): Step => ({ seconds, isTaken: true });
const statesOf = (moments: ReturnType<typeof run>) =>
  moments.map(({ programmed }) => `${programmed?.status}/${programmed?.reason}`);

const WAITING = 'Unknown/Pending';
const LATE = 'False/ChildNotCreated';

describe.each(SUBJECTS)('the children of %s', (_name, subject) => {
  it('are waited for, then named, until they appear', () => {
    const moments = run(subject, [...refused(0, 1, 18, 2, 60, 600), taken(60), taken(1)]);
    expect(statesOf(moments)).toEqual([WAITING, WAITING, WAITING, LATE, LATE, LATE, LATE, 'True/Programmed']);
    expect(moments[3]?.programmed?.message).toMatch(
      /^(Deployment team\/agent-lead|Service team\/gw), and \d more has not been created: see why with kubectl get events --namespace team --field-selector reason=SyncError,involvedObject\.kind=\w+,involvedObject\.name=(lead|gw)$/,
    );
    expect(moments.map(({ resyncAfterSeconds }) => resyncAfterSeconds)).toEqual([
      ...[undefined, undefined, undefined],
      ...[60, 60, 60, 60],
      undefined,
    ]);
  });

  it('are named as well if they keep an older spec', () => {
    const change: Step = { seconds: 100, isTaken: false, isChanged: true };
    const moments = run(subject, [taken(0), taken(1), change, ...refused(5, 16, 600), taken(1), taken(1)]);
    expect(statesOf(moments).slice(1)).toEqual([
      'True/Programmed',
      WAITING,
      WAITING,
      LATE,
      LATE,
      LATE,
      'True/Programmed',
    ]);
    expect(moments[4]?.programmed?.message).toContain('still has an older spec');
  });

  it('get the same time again after each change of the spec', () => {
    const change: Step = { seconds: 1, isTaken: false, isChanged: true };
    const moments = run(subject, [...refused(0, 30), change, ...refused(19, 1), change, ...refused(10, 9, 2)]);
    expect(statesOf(moments)).toEqual([WAITING, LATE, WAITING, WAITING, LATE, WAITING, WAITING, WAITING, LATE]);
  });

  it('get the same time again if the clock was ahead', () => {
    const moments = run(subject, refused(0, 5, 5, 5, 10), (index) => (index < 2 ? 3600 : 0));
    expect(statesOf(moments)).toEqual([WAITING, WAITING, WAITING, WAITING, WAITING]);
    expect(statesOf(run(subject, refused(0, 5, 5, 10, 10), (index) => (index < 2 ? 3600 : 0))).at(-1)).toBe(LATE);
  });

  it('are never named while the API server takes them, and their status is written only if something changes', () => {
    const isTaken = fc.constantFrom(true, false, false);
    const step = fc.record({ seconds: fc.integer({ min: 0, max: 40 }), isTaken, isChanged: fc.boolean() });
    const steps = fc.array(step, { minLength: 5, maxLength: 15 });
    assertReaching({ numRuns: 60, floor: 25 }, (tell) =>
      fc.property(steps, fc.integer({ min: -5, max: 5 }), (some, skew) => {
        const calm = some.map((each) => ({ ...each, isTaken: true }));
        expect(statesOf(run(subject, calm, (index) => (index % 2) * skew))).not.toContain(LATE);
        const moments = run(subject, some, (index) => (index % 2) * skew);
        const late = moments.flatMap(({ programmed }, index) =>
          programmed?.reason === 'ChildNotCreated' ? index : [],
        );
        expect(late.filter((index) => some[index - 1]?.isTaken !== false)).toEqual([]);
        const again = moments.filter(({ programmed }, index) =>
          isDeepStrictEqual(programmed, moments[index - 1]?.programmed),
        );
        expect(again.filter(({ isWritten }) => isWritten)).toEqual([]);
        tell(late.length > 0);
      }),
    );
  });
});
