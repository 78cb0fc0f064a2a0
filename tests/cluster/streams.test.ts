import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Task } from '@a2a-js/sdk';
import { type Client, ClientFactory, DefaultAgentCardResolver, JsonRpcTransportFactory } from '@a2a-js/sdk/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HAS_METACONTROLLER } from '../local-cluster/local-cluster.ts';
import { workloadOf } from '../playground/examples.ts';
import { blocks, readDocument } from '../support/documents.ts';
import type { Manifest } from '../support/helm.ts';
import { withKubectl } from '../support/kubectl.ts';
import { saying, ticksOf } from './support/a2a-client.ts';
import { mustApply } from './support/api.ts';
import { pasted } from './support/followed-page.ts';
import { applyWithStatus, list } from './support/objects.ts';
import { runPython } from './support/python.ts';
import { answers, type StreamingCluster, startStreamingCluster, until } from './support/streaming-cluster.ts';

const ERAS = [
  ['clock', '1.0'],
  ['news', '0.3'],
] as const;
/** An event that is passed on at once arrives sooner than the next one is sent, a second later. */
const SOON_MS = 900;
const JSON_TYPE = { 'content-type': 'application/json' };

let all: StreamingCluster;
beforeAll(async () => {
  all = await startStreamingCluster();
}, 400_000);
afterAll(() => all?.stop());

const urlOf = (name: string) => `${all.url}/agents/${name}`;

/** A client that speaks the protocol of the card, 0.3 or 1.0. */
function clientOf(url: string): Promise<Client> {
  const legacyCompat = { enabled: true };
  const factory = new ClientFactory({
    transports: [new JsonRpcTransportFactory({ legacyCompat })],
    cardResolver: new DefaultAgentCardResolver({ legacyCompat }),
  });
  return factory.createFromUrl(`${url}/`);
}

describe('one address for cards, calls and streams', () => {
  const PLACES = ERAS.flatMap(([name, era]) =>
    [`agents/${name}`, name].flatMap((place) =>
      ['agent-card.json', 'agent.json'].map((file) => ({ name, era, place, file })),
    ),
  );

  it.each(PLACES)('serves the card of $name, of A2A $era, with its own address: $place, $file', async (at) => {
    const text = await (await fetch(`${all.url}/${at.place}/.well-known/${at.file}`)).text();
    const { url, supportedInterfaces = [{ url }] } = JSON.parse(text);
    expect(supportedInterfaces.map((each: { readonly url: string }) => each.url)).toEqual([urlOf(at.name)]);
    expect(text).not.toMatch(/svc|:8000/);
  });

  it.each(ERAS)('answers calls to %s, of A2A %s', async (name) => {
    const answer = await (await clientOf(urlOf(name))).sendMessage(saying('hello'));
    expect(JSON.stringify(answer)).toContain('heard hello');
  });

  it.each(ERAS)(
    'passes each event of %s, of A2A %s, on before the next one is sent, for 20 s',
    { timeout: 60_000 },
    async (name) => {
      const ticks = await ticksOf(await clientOf(urlOf(name)), 20);
      expect(ticks).toHaveLength(20);
      expect(ticks.filter(({ sent, arrived }) => arrived - sent > SOON_MS)).toEqual([]);
    },
  );

  it.each(ERAS)('cancels a task of %s, of A2A %s, in the middle of its stream', async (name) => {
    const client = await clientOf(urlOf(name));
    const states: string[] = [];
    let task: Promise<Task> | undefined;
    for await (const { payload } of client.sendMessageStream(saying('tick 20'))) {
      if (payload?.$case === 'statusUpdate') {
        states.push(JSON.stringify(payload.value.status?.state));
        task ??= client.cancelTask({ id: payload.value.taskId, tenant: '', metadata: undefined });
      }
    }
    await task;
    expect(states.length).toBeLessThan(5);
  });

  it.each(ERAS)('streams to the SDK for Python, from %s, of A2A %s', async (name) => {
    const { answer, ticks } = JSON.parse(await runPython('a2a_client.py', urlOf(name)));
    expect(answer).toContain('heard hello');
    expect(ticks).toHaveLength(5);
    expect(ticks.filter(([sent, arrived]: [number, number]) => (arrived - sent) * 1000 > SOON_MS)).toEqual([]);
  });
});

describe('the same agents through KrakenD alone', () => {
  it('answer a stream at its end, as the documents say', { timeout: 60_000 }, async () => {
    const krakend = all.cluster.addressOf('public-gateway.agents.svc');
    const message = { kind: 'message', role: 'user', messageId: '1', parts: [{ kind: 'text', text: 'tick 4' }] };
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'message/stream', params: { message } });
    const begun = Date.now();
    const response = await fetch(`${krakend}/agents/news`, { method: 'POST', headers: JSON_TYPE, body });
    const arrivals: number[] = [];
    for await (const chunk of response.body ?? []) {
      arrivals.push(Date.now() - begun);
      expect(chunk.length).toBeGreaterThan(0);
    }
    expect(arrivals[0]).toBeGreaterThan(3000);
  });
});

describe('an agent that appears', () => {
  const TIMES = 10;

  it('has its route and answers soon, and no call is lost while KrakenD rolls', { timeout: 300_000 }, async () => {
    const names = Array.from({ length: TIMES }, (_, index) => `late-${index}`);
    await mustApply(all.cluster.api, names.map(agentNamed).flatMap(workloadOf));
    await Promise.all(
      names.map((name) => until(async () => all.cluster.addressOf(`${name}.agents.svc:8000`) !== undefined)),
    );
    const before = await podsOfKrakend();
    const calls = callUntil(async () => (await podsOfKrakend()).every((pod) => !before.includes(pod)));
    const [routed, waited]: [number[], number[]] = [[], []];
    for (const name of names) {
      const begun = Date.now();
      await applyWithStatus(all.cluster.api, [agentNamed(name)]);
      await until(() => hasRoute(name), 10);
      routed.push(Date.now() - begun);
      await until(() => answers(urlOf(name)), 10);
      waited.push(Date.now() - begun);
    }
    const { total, lost } = await calls;
    const medians = { route: medianOf(routed), answer: medianOf(waited) };
    process.stdout.write(
      `an agent that appears, medians of ${TIMES} in ms: ${JSON.stringify(medians)}; ${total} calls meanwhile\n`,
    );
    expect({ lost, enough: total >= 1000 }).toEqual({ lost: [], enough: true });
    // Metacontroller watches, its stand-in looks again and again. Envoy Gateway reads its routes from a file here.
    expect(medians.route).toBeLessThan(HAS_METACONTROLLER ? 1000 : 60_000);
  });
});

/** Last, because the example as it is has another host name than the tests before. */
withKubectl.it('the README shows the cards of both eras', { timeout: 120_000 }, async () => {
  const [, , streaming = ''] = blocks(readDocument('README.md'), 'sh');
  const [apply = '', ...calls] = streaming.split('\n');
  await run(apply);
  await until(async () => (await run(calls[0] ?? '')) !== '', 500);
  const cards = (await Promise.all(calls.map(run))).map((text) => JSON.parse(text));
  expect(cards).toMatchObject([
    { supportedInterfaces: [{ url: 'http://agents.example.com/agents/clock', protocolVersion: '1.0' }] },
    { url: 'http://agents.example.com/agents/news', protocolVersion: '0.3' },
  ]);
});

function medianOf(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;
}

/** Runs a command of a document in this cluster, where the example's host name leads to the Gateway. */
async function run(command: string): Promise<string> {
  const ports = new Map([['agents.example.com:80', Number(new URL(all.url).port)]]);
  const folder = mkdtempSync(path.join(tmpdir(), 'streams-'));
  try {
    return await pasted(command, { cluster: all.cluster, ports }, folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function agentNamed(name: string): Manifest {
  return {
    apiVersion: 'runtime.agentic-layer.ai/v1alpha1',
    kind: 'Agent',
    metadata: { name, namespace: 'agents' },
    spec: { exposed: true, framework: 'custom', image: 'example/clock:1', protocols: [{ type: 'A2A', port: 8000 }] },
    status: { url: `http://${name}.agents.svc.cluster.local:8000/.well-known/agent-card.json` },
  };
}

async function hasRoute(name: string): Promise<boolean> {
  const routes = await list(all.cluster.api, 'gateway.networking.k8s.io/v1', 'httproutes');
  return routes.some(({ metadata }) => metadata.name === `a2a.${name}`);
}

async function podsOfKrakend(): Promise<readonly string[]> {
  const pods = await list(all.cluster.api, 'v1', 'pods');
  return pods.map(({ metadata }) => metadata.name).filter((name) => name.startsWith('public-gateway-'));
}

/** Calls straight to an agent, calls to it through KrakenD, and its card. */
const CALLS: readonly (() => Promise<boolean>)[] = [
  () => answers(urlOf('news')),
  () => answers(`${all.url}/news`),
  async () => (await fetch(`${all.url}/news/.well-known/agent-card.json`)).ok,
];

/** Makes each of the calls again and again, at least a thousand in all, until a condition holds. */
async function callUntil(isOver: () => Promise<boolean>): Promise<{ total: number; lost: readonly string[] }> {
  let total = 0;
  let over = false;
  const lost: string[] = [];
  const caller = async (call: () => Promise<boolean>) => {
    while (!over || total < 1000) {
      total += 1;
      const outcome = await call().catch(String);
      lost.push(...(outcome === true ? [] : [`${call}: ${outcome}`]));
      await sleep(25);
    }
  };
  const callers = Promise.all(CALLS.map(caller));
  await until(isOver, 500);
  over = true;
  await callers;
  return { total, lost };
}
