import { killServices } from '../support/service-process.ts';
import { type Call, callMaker } from './bodies.ts';
import { allHooks, type Hook } from './corpus.ts';
import { readFlags } from './flags.ts';
import { growsTooMuch, growthOf } from './growth.ts';
import { isSlow, reached, whyWrong } from './judge.ts';
import { minimised } from './minimise.ts';
import { send } from './send.ts';
import { hasEnded, memoryOf, startFuzzed } from './service.ts';
import { count, rarelyReached, type Tally, tableOf } from './tally.ts';

const CALLERS = 4;
const SAMPLES = 40;
/** A finding more often than this is the same one again. */
const SHOWN_FINDINGS = 20;
const ATTEMPTS = 5;
/** So much of what a process writes at its end is shown. */
const ENDING = 3000;

const flags = readFlags(process.argv.slice(2));
const hooks = chosen(allHooks(), flags.hook);
const callOf = callMaker(hooks, flags.seed);
const service = await startFuzzed();
const tally: Tally = new Map();
const memory: number[] = [];
const findings: { readonly call: Call; readonly why: string }[] = [];
const start = performance.now();

await Promise.all(Array.from({ length: CALLERS }, (_, caller) => callAll(caller)));
const seconds = (performance.now() - start) / 1000;
process.exitCode = (await report()) ? 0 : 1;
killServices();

async function callAll(caller: number): Promise<void> {
  for (let index = caller; index < flags.bodies && !hasEnded(service); index += CALLERS) {
    const call = callOf(index);
    const answer = await send(service.port, call);
    count(tally, call.hook.name, answer.code, reached(answer));
    const why = await confirmed(call, whyWrong(call, answer));
    if (why !== undefined) {
      findings.push({ call, why });
    }
    if (index % Math.ceil(flags.bodies / SAMPLES) === 0 && !hasEnded(service)) {
      memory.push(memoryOf(service));
    }
  }
}

/** A slow answer is one only if it is slow each time: other programs may have had the processor. */
async function confirmed(call: Call, why: string | undefined, attempts = ATTEMPTS): Promise<string | undefined> {
  if (why === undefined || !isSlow(why) || attempts === 0) {
    return why;
  }
  return confirmed(call, whyWrong(call, await send(service.port, call)), attempts - 1);
}

async function report(): Promise<boolean> {
  process.stdout.write(`${tableOf(tally)}\n`);
  const rare = rarelyReached(tally);
  const lines = [
    ...(await Promise.all(findings.slice(0, SHOWN_FINDINGS).map(({ call, why }) => described(call, why)))),
    ...rare.map((name) => `${name}: too few bodies came as far as the controller`),
    ...(growsTooMuch(memory) ? ['memory grows'] : []),
    ...(hasEnded(service) ? [`the process ended: ${(await service.ended).stderr.slice(0, ENDING)}`] : []),
  ];
  process.stdout.write(
    `${flags.bodies} bodies with seed ${flags.seed} in ${seconds.toFixed(1)} s; memory ${Math.round(memory.at(-1) ?? 0)} MiB, growth ${Math.round(growthOf(memory))} MiB; ${findings.length} findings\n`,
  );
  process.stdout.write(lines.map((line) => `${line}\n`).join(''));
  return lines.length === 0;
}

/** A finding with the smallest body that has it. */
async function described(call: Call, why: string): Promise<string> {
  const isWrong = async (smaller: Call) => whyWrong(smaller, await send(service.port, smaller)) !== undefined;
  const { body, path, headers } = isSlow(why) ? call : await minimised(call, isWrong);
  const shown = body.length > 4000 ? `${body.toString('utf8').slice(0, 4000)}...` : body.toString('utf8');
  return `${call.index} ${path} ${JSON.stringify(headers)}: ${why}\n  ${shown}`;
}

function chosen(all: readonly Hook[], parts: readonly string[]): readonly Hook[] {
  const found = parts.length === 0 ? all : all.filter(({ name }) => parts.some((part) => name.includes(part)));
  if (found.length === 0) {
    process.stderr.write(`--hook: expected a part of one of ${all.map(({ name }) => name).join(', ')}\n`);
    process.exit(1);
  }
  return found;
}
