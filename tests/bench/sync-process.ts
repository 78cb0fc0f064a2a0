import { floorPath, serverPath } from './in-process.ts';
import { type Contender, inThisProcess, interleave, type Pace } from './interleave.ts';
import { runPeer } from './peer.ts';
import { syncCases } from './sync-cases.ts';

/** The milliseconds of each round. */
export interface Measured {
  readonly bodyBytes: number;
  readonly answerBytes: number;
  readonly own: readonly number[];
  readonly floor: readonly number[];
  readonly peer: readonly number[];
}

/** Measures one case and prints the measurements: `sync-process.ts <case> <agents> <rounds> <sample ms>`. */
const [name = '', agents, rounds, sampleMs] = process.argv.slice(2);
const pace = { rounds: Number(rounds), sampleMs: Number(sampleMs) };
process.stdout.write(JSON.stringify(await measure(pace, process.env['PEER'])));

async function measure(of: Pace, peer: string | undefined): Promise<Measured> {
  const each = syncCases([Number(agents)]).find((candidate) => candidate.name === name);
  if (each === undefined) {
    throw new Error(`${name} is not a case`);
  }
  const body = each.body();
  const answering = serverPath(each.controller);
  const answer = answering(body);
  const floor = floorPath(answer);
  const contenders: Record<string, Contender> = {
    own: inThisProcess(() => answering(body)),
    floor: inThisProcess(() => floor(body)),
    ...(peer !== undefined && { peer: () => runPeer(peer, name, body) }),
  };
  const times = await interleave(contenders, of);
  const { own = [], floor: least = [], peer: others = [] } = times;
  return { bodyBytes: body.length, answerBytes: Buffer.byteLength(answer), own, floor: least, peer: others };
}
