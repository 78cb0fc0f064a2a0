import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, expect } from 'vitest';
import { parse } from 'yaml';
import { agent, gateway, gatewayClass, OURS, objectMap } from '../../support/gateways.ts';
import { needing } from '../../support/needing.ts';
import { post } from '../../support/post.ts';
import { processMemory } from '../../support/process-memory.ts';
import { ROOT } from '../../support/run.ts';
import { HEAP_FLAG, killServices, startService } from '../../support/service-process.ts';

const MIB = 1024 * 1024;
const HOOK = '/agent-gateway/sync';

afterEach(killServices);

/** A call with as many exposed agents as fit into 64 MiB, each about as large as a real one. */
function largestBody(): Buffer {
  const managedFields = [{ manager: 'agent-runtime-operator', operation: 'Update', fieldsV1: { 'f:spec': {} } }];
  const agents = Array.from({ length: 33_000 }, (_, index) => ({
    ...agent(`team/agent-${index}`, { metadata: { uid: `uid-${index}`, managedFields } }),
    description: 'x'.repeat(1500),
  }));
  const related = objectMap([gatewayClass('krakend', OURS, true), ...agents]);
  const call = { controller: {}, object: gateway(), attachments: {}, related, finalizing: false };
  return Buffer.from(JSON.stringify(call));
}

needing({ name: 'Linux', found: existsSync('/proc/self/status') }).it(
  'ten bodies of nearly 64 MiB at once stay within the memory limit of the chart, and some are answered 429',
  { timeout: 120_000 },
  async () => {
    const { resources } = parse(readFileSync(path.join(ROOT, 'chart/values.yaml'), 'utf8'));
    expect(resources.limits.memory).toBe('1Gi');
    const { child, port, adminPort } = await startService({}, [HEAP_FLAG]);
    const body = largestBody();
    expect(body.length / MIB).toBeGreaterThan(55);
    expect(body.length / MIB).toBeLessThan(64);
    const codes = await Promise.all(Array.from({ length: 10 }, () => post(port, HOOK, body)));
    expect([...new Set(codes)].sort()).toEqual([200, 429]);
    expect(await post(port, HOOK, body)).toBe(200);
    expect((await fetch(`http://127.0.0.1:${adminPort}/readyz`)).status).toBe(200);
    const peak = Math.round(processMemory(child.pid, 'VmHWM') / MIB);
    process.stdout.write(`peak memory: ${peak} MiB of 1024\n`);
    expect(peak).toBeLessThan(1024);
  },
);
