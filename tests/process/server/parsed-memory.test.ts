import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, expect, it } from 'vitest';
import { parse } from 'yaml';
import { memoryGroup, peakMemory } from '../../cluster/support/memory.ts';
import { COSTLY_VALUES, costliest } from '../../support/costly-bodies.ts';
import { needing } from '../../support/needing.ts';
import { post } from '../../support/post.ts';
import { ROOT } from '../../support/run.ts';
import { killServices, startService } from '../../support/service-process.ts';

const MIB = 1024 * 1024;
const HOOK = '/agent-gateway/sync';
/** The kubelet ends a pod after six failed probes in a row, one in ten seconds. A crowded machine needs many times the usual 1 to 6 s. */
const LIVENESS_MS = 60_000;
const AT_ONCE = 4;
/** The body is not a valid call; it came too late; or there were too many at once. */
const CODES = [400, 408, 429];
const JOIN = 'echo $$ >"$0"; exec "$@"';

const chart = parse(readFileSync(path.join(ROOT, 'chart/values.yaml'), 'utf8'));
const limits = { parsedMiB: chart.parsedBodyLimitMiB, bytesMiB: chart.bodyLimitMiB };
const group = memoryGroup(1024 * MIB);

afterEach(killServices);

/** The list where nobody reads it. */
function callWith(list: Buffer): Buffer {
  const start = '{"object":{},"attachments":{},"related":{},"finalizing":false,"controller":{"metadata":';
  return Buffer.concat([Buffer.from(start), list, Buffer.from('}}')]);
}

/** Calls a page until it is told to stop. Returns the longest wait for an answer. */
async function longestWait(url: string, isOver: () => boolean): Promise<number> {
  let longest = 0;
  while (!isOver()) {
    const before = performance.now();
    await (await fetch(url)).arrayBuffer();
    longest = Math.max(longest, performance.now() - before);
    await wait(50);
  }
  return longest;
}

needing({ name: 'a memory group of Linux', found: group !== undefined }).describe(
  'the costliest bodies that are not refused, some at once',
  () => {
    it.each(Object.entries(COSTLY_VALUES))(
      'leave a pod with the memory limit of the chart alive: %s',
      { timeout: 300_000 },
      async (name, value) => {
        expect(chart.resources.limits.memory).toBe('1Gi');
        const body = callWith(costliest(value, limits));
        const through = ['sh', '-c', JOIN, group?.processes ?? ''];
        const { child, port, adminPort } = await startService({}, [], { through });
        const healthz = `http://127.0.0.1:${adminPort}/healthz`;
        let isOver = false;
        const waiting = longestWait(healthz, () => isOver);
        const codes = await Promise.all(Array.from({ length: AT_ONCE }, () => post(port, HOOK, body)));
        isOver = true;
        const longest = await waiting;
        const peak = Math.round(peakMemory(child.pid ?? 0) / MIB);
        const size = `${Math.round(body.length / MIB)} MiB`;
        process.stdout.write(`${name}: ${size}, ${codes}, /healthz in ${Math.round(longest)} ms, peak ${peak} MiB\n`);
        expect(codes).toContain(400);
        expect(codes.filter((code) => !CODES.includes(code ?? 0))).toEqual([]);
        expect(longest).toBeLessThan(LIVENESS_MS);
        expect((await fetch(healthz)).status).toBe(200);
      },
    );
  },
);
