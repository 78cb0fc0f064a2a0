import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { thousandthsOf } from '../../controllers/kubernetes/values/quantity.ts';
import { agent, parts, sync } from '../support/gateways.ts';
import { type Krakend, startKrakend, withKrakend } from './support/krakend.ts';
import { type MemoryGroup, memoryGroup, peakMemory } from './support/memory.ts';
import { type SizedAgent, startSizedAgent } from './support/sized-agent.ts';

const MIB = 1024 * 1024;
/** Nearly the most agents for which a gateway has only the default limit, and as many as fit: see `MEMORY_STEPS`. */
const NUMBERS_OF_AGENTS = [290, 800];
/** Pairs of calls, one after the other: garbage of the first must not end the gateway in the last. */
const PAIRS = 4;
const TEXT = 'x'.repeat(8 * MIB);

withKrakend.describe.each(NUMBERS_OF_AGENTS)(
  'a KrakenD with the limit and variables of a pod for %i agents',
  { timeout: 120_000 },
  (others) => {
    let sized: SizedAgent;
    let group: MemoryGroup | undefined;
    let krakend: Krakend;
    let limit: number;

    beforeAll(async () => {
      sized = await startSizedAgent();
    });
    afterAll(() => sized.stop());

    beforeEach(async () => {
      const { krakendJson, container } = gatewayOf(sized, others);
      limit = Number(thousandthsOf(container.resources.limits.memory)) / 1000;
      group = memoryGroup(limit);
      krakend = await startKrakend(krakendJson, environmentOf(container.env), group);
    });
    afterEach(async () => {
      await krakend?.running.stop();
      group?.remove();
    });

    const call = (path: string, init: RequestInit = {}) => fetch(`${krakend.url}/${path}`, init);
    const chat = (model: string, content: string) =>
      call('chat/completions', {
        method: 'POST',
        body: JSON.stringify({ model, messages: [{ role: 'user', content }] }),
      });
    /** Fails with the log if the kernel killed KrakenD. */
    const survives = () => {
      expect({ ended: krakend.running.hasEnded(), log: krakend.running.log().slice(-500) }).toMatchObject({
        ended: false,
      });
      expect(peakMemory(krakend.processId)).toBeLessThan(limit);
    };

    it('passes on 32 large bodies at once, with a length or in chunks', async () => {
      const body = Buffer.alloc(16 * MIB, 'x');
      const bodies = inParallel(32, async (index) => {
        const init = index % 2 === 0 ? { body } : { body: new Blob([body]).stream(), duplex: 'half' as const };
        const response = await call('sized/known-0', { method: 'POST', ...init });
        await response.arrayBuffer();
        return { status: response.status, heard: response.headers.get('x-heard') };
      });
      expect(new Set((await bodies).map((each) => JSON.stringify(each)))).toEqual(
        new Set([JSON.stringify({ status: 200, heard: String(body.length) })]),
      );
      survives();
    });

    it.each(['known', 'open'])('passes on 32 large answers at once, of %s length', async (kind) => {
      const lengths = await inParallel(32, async () =>
        lengthOf(await call(`sized/${kind}-16`, { method: 'POST', body: '{}' })),
      );
      expect(lengths.filter((length) => length > 16 * MIB)).toHaveLength(32);
      survives();
    });

    it('lives with an answer that does not end', async () => {
      const response = await call('sized/open-100000', { method: 'POST', body: '{}' });
      let length = 0;
      for await (const chunk of response.body ?? []) {
        length += chunk.length;
        if (length > 256 * MIB) {
          break;
        }
      }
      survives();
    });

    const inPairs = async (run: () => Promise<unknown>) => {
      const results = [];
      for (let done = 0; done < PAIRS; done += 1) {
        results.push(...(await inParallel(2, run)));
      }
      return results;
    };

    it('takes chats of 8 MiB, two at a time', async () => {
      const statuses = await inPairs(async () => (await chat('sized/known-0', TEXT)).status);
      expect(statuses).toEqual(Array(2 * PAIRS).fill(200));
      survives();
    });

    it.each([
      ['chat answers of known length', () => chat('sized/known-8', 'hello')],
      ['chat answers of open length', () => chat('sized/open-8', 'hello')],
    ])('gives %s of 8 MiB, two at a time', async (_what, run) => {
      const lengths = await inPairs(async () => Math.floor((await lengthOf(await run())) / MIB));
      expect(lengths).toEqual(Array(2 * PAIRS).fill(8));
      survives();
    });

    it.each(['known', 'open'])('refuses cards of 8 MiB, two at a time, of %s length', async (kind) => {
      const answers = await inPairs(async () => {
        const response = await call(`sized/${kind}-8/.well-known/agent-card.json`);
        return `${response.status} ${await response.text()}`;
      });
      expect(answers).toEqual(Array(2 * PAIRS).fill('502 the agent card is larger than 256 KiB\n'));
      survives();
    });
  },
);

withKrakend.it('KrakenD Community does not know max_payload: once it does, use it for chats', async () => {
  const { krakendJson } = sync({ related: [agent('a/one')] });
  const bounded = krakendJson.replace('"router":{', '"router":{"max_payload":10,');
  const krakend = await startKrakend(bounded);
  try {
    const body = JSON.stringify({ model: 'a/two', messages: [] });
    const response = await fetch(`${krakend.url}/chat/completions`, { method: 'POST', body });
    expect({ bounded: bounded !== krakendJson, status: response.status }).toEqual({ bounded: true, status: 404 });
  } finally {
    await krakend.running.stop();
  }
});

/** A gateway that serves agents of some sizes, and many others. */
function gatewayOf(sized: SizedAgent, others: number) {
  const kinds = (['known', 'open'] as const).flatMap((kind) => [0, 8, 16, 100_000].map((mib) => ({ kind, mib })));
  const related = [
    ...kinds.map(({ kind, mib }) => agent(`sized/${kind}-${mib}`, { url: sized.cardUrl(kind, mib) })),
    ...Array.from({ length: others }, (_, index) => agent(`others/agent-${index}`)),
  ];
  const { krakendJson, pod } = sync({ related, settings: { AGENT_GATEWAY_CONFIG_LIMIT_KIB: '1000' } });
  expect(parts(krakendJson).config.extra_config['plugin/http-server'].openai_a2a_config.agents).toHaveLength(
    related.length,
  );
  return { krakendJson, container: pod.spec.containers[0] };
}

function environmentOf(env: readonly { readonly name: string; readonly value: string }[]) {
  return Object.fromEntries(env.map(({ name, value }) => [name, value]));
}

function inParallel<Result>(count: number, run: (index: number) => Promise<Result>): Promise<Result[]> {
  return Promise.all(Array.from({ length: count }, (_, index) => run(index)));
}

async function lengthOf(response: Response): Promise<number> {
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.length;
  }
  return length;
}
