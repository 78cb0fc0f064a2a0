import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ServedAgent } from '../../controllers/agent-gateway/agents/exposed-agents.ts';
import type { Guard } from '../../controllers/agent-gateway/krakend/guard.ts';
import { krakendFiles } from '../../controllers/agent-gateway/krakend/krakend-files.ts';
import { thousandthsOf } from '../../controllers/kubernetes/values/quantity.ts';
import { agent, sync } from '../support/gateways.ts';
import { anyGuardedAgents, GUARDS } from '../support/guarded-agents.ts';
import { assertReachingAsync } from '../support/reaching.ts';
import { filesOf, MANY_FILES } from '../support/settings-form.ts';
import { type A2aAgent, startAgent } from './support/a2a-agent.ts';
import { A2A_CALL } from './support/a2a-client.ts';
import { type Krakend, renderedConfig, startKrakend, whyRefused, withKrakend } from './support/krakend.ts';
import { memoryGroup, peakMemory } from './support/memory.ts';

const choicesWith = (guards: readonly Guard[]) =>
  ({ gatewayName: 'gw', timeout: '360s', logLevel: 'INFO', guards, cors: undefined }) as const;

/** What KrakenD reads, in both forms. */
async function bothForms(agents: readonly ServedAgent[], guards: readonly Guard[]) {
  const choices = choicesWith(guards);
  const forms = (['one-file', 'settings-files'] as const).map((form) => krakendFiles(choices, agents, form));
  return Promise.all(forms.map(renderedConfig));
}

describe('both forms of a configuration', () => {
  it('are equal when KrakenD has filled in the templates, for any agents with and without guards', async () => {
    await assertReachingAsync({ numRuns: 60, floor: 25 }, (tell) =>
      fc.asyncProperty(anyGuardedAgents, fc.constantFrom([], GUARDS), async (agents, guards) => {
        const known = agents.filter(({ guard }) => guard === undefined || guards.length > 0);
        const [one, many] = await bothForms(known, guards);
        expect(many).toEqual(one);
        tell(known.some(({ guard, shorthand }) => guard !== undefined && shorthand !== 'none'));
      }),
    );
  }, 300_000);

  it('are equal for 1,000 agents in several files', async () => {
    const agents = crowd(1000);
    const [one, many] = await bothForms(agents, []);
    expect(many).toEqual(one);
    expect(JSON.stringify(one)).toContain('/team-49/agent-00999');
  }, 120_000);

  it('are refused with a guard that the template does not know, and so nobody gets in', async () => {
    const [guard] = GUARDS;
    const agents = crowd(1).map((each) => ({ ...each, ...(guard && { guard }) }));
    expect(await whyRefused(krakendFiles(choicesWith([]), agents, 'settings-files'))).not.toBe('');
    expect(await whyRefused(krakendFiles(choicesWith(GUARDS), agents, 'settings-files'))).toBe('');
  });
});

describe('a KrakenD that reads settings files', () => {
  let weather: A2aAgent;
  let krakend: Krakend;

  beforeAll(async () => {
    weather = await startAgent('weather', '/api/v1');
    const related = [
      agent('team-a/weather', { url: weather.cardUrl }),
      ...Array.from({ length: 60 }, (_, i) => agent(`b/agent-${i}`)),
    ];
    const { files } = filesOf(sync({ related, settings: MANY_FILES }).attachments);
    expect(files?.settings.length).toBeGreaterThan(0);
    krakend = await startKrakend(files ?? '');
  }, 60_000);
  afterAll(async () => {
    await krakend?.running.stop();
    await weather?.stop();
  });

  it.each(['/team-a/weather', '/weather'])('answers cards and calls at %s', async (path) => {
    const card = await fetch(`${krakend.url}${path}/.well-known/agent-card.json`);
    expect(await card.json()).toMatchObject({ name: 'weather', url: `${krakend.url}${path}` });
    const call = await fetch(`${krakend.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(A2A_CALL),
    });
    expect({ status: call.status, text: await call.text() }).toMatchObject({
      status: 200,
      text: expect.stringContaining('weather heard'),
    });
  });

  withKrakend.it('lists all agents as models', async () => {
    const { data } = (await (await fetch(`${krakend.url}/models`)).json()) as { data: { id: string }[] };
    expect(data).toHaveLength(61);
    expect(data.map(({ id }) => id)).toContain('team-a/weather');
  });
});

withKrakend.describe('a KrakenD with 10,000 agents', () => {
  it('starts, and answers, within the memory limit of its pod', { timeout: 300_000 }, async () => {
    const related = [...crowd(10_000)].map(({ id }) => agent(id));
    const { attachments, pod } = sync({ related });
    const { files } = filesOf(attachments);
    const [{ resources, env }] = pod.spec.containers;
    const limit = Number(thousandthsOf(resources.limits.memory)) / 1000;
    const memory = env.find(({ name }: { name: string }) => name === 'GOMEMLIMIT').value;
    const group = memoryGroup(limit);
    const began = Date.now();
    const krakend = await startKrakend(files ?? '', { GOMEMLIMIT: memory }, group);
    try {
      const seconds = (Date.now() - began) / 1000;
      const { data } = (await (await fetch(`${krakend.url}/models`)).json()) as { data: unknown[] };
      const peak = peakMemory(krakend.processId);
      process.stdout.write(
        `10,000 agents in ${files?.settings.length} settings files of ${files?.settings.join('').length} bytes: ready after ${seconds.toFixed(1)} s, at most ${Math.round(peak / 1e6)} MB of ${Math.round(limit / 1e6)}\n`,
      );
      expect(data).toHaveLength(10_000);
      expect(peak).toBeLessThan(limit);
    } finally {
      await krakend.running.stop();
      group?.remove();
    }
  });
});

/** Agents of fifty namespaces, in the order of a configuration. */
function crowd(count: number): readonly ServedAgent[] {
  return Array.from({ length: count }, (_, index) => {
    const namespace = `team-${String(Math.floor((index * 50) / count)).padStart(2, '0')}`;
    const name = `agent-${String(index).padStart(5, '0')}`;
    const host = `http://${name}.${namespace}.svc.cluster.local:8000`;
    return {
      id: `${namespace}/${name}`,
      name,
      namespace,
      createdAt: 1_767_225_600,
      host,
      path: '',
      shorthand: 'short',
    };
  });
}
