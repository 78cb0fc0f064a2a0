import { type Engine, startEngine } from '../cluster/support/engine.ts';
import { makeNamespaces } from '../cluster/support/objects.ts';
import { createAll } from './collections.ts';
import { type Figure, measure } from './measure.ts';
import type { Player, ScaleCase, Size } from './scale-case.ts';

export interface Pace extends Size {
  readonly patienceSeconds: number;
  /** Told of each figure as soon as it is there: a large run may fail later. */
  readonly say: (figure: Figure) => void;
}

type Playing = ReturnType<Player>;

/** Runs a case in a cluster of its own, and returns a figure for the creation and one for each change. */
export async function runScale(scaleCase: ScaleCase, pace: Pace): Promise<readonly Figure[]> {
  const { values, workloads } = scaleCase;
  const definitions = scaleCase.definitions();
  const engine = await startEngine('server-side-apply', { values, workloads, definitions });
  const { api } = engine.cluster;
  const players: Playing[] = [];
  try {
    await prepare(engine, scaleCase, pace);
    players.push(...scaleCase.players.map((play) => play(api)));
    const isDone = async () => players.every((player) => player.isIdle()) && scaleCase.isDone(api, pace);
    return await measureAll(engine, { ...scaleCase, isDone }, pace);
  } finally {
    await Promise.all(players.map((player) => player.stop()));
    await engine.stop();
  }
}

async function prepare({ cluster: { api } }: Engine, scaleCase: ScaleCase, size: Size): Promise<void> {
  const before = scaleCase.before(size);
  const objects = [...before, ...scaleCase.resources(size)];
  await makeNamespaces(api, [...new Set(objects.flatMap(({ metadata }) => metadata.namespace ?? []))]);
  await createAll(api, before);
}

async function measureAll(engine: Engine, scaleCase: ScaleCase, pace: Pace): Promise<readonly Figure[]> {
  const { api } = engine.cluster;
  const { say, count, namespaces, patienceSeconds } = pace;
  const run = { what: scaleCase.name, count, namespaces, patienceSeconds };
  const isDone = () => scaleCase.isDone(api, pace);
  const creation = { name: 'create', act: () => createAll(api, scaleCase.resources(pace)), isDone };
  const changes = scaleCase.changes.map(({ name, make }) => ({ name, act: () => make(api), isDone }));
  const figures: Figure[] = [];
  for (const step of [creation, ...changes]) {
    const figure = await measure(engine, run, step);
    say(figure);
    figures.push(figure);
  }
  return figures;
}
