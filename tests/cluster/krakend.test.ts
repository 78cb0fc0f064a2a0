import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { KrakendFiles } from '../../controllers/agent-gateway/krakend/krakend-files.ts';
import { agent, type KubernetesObject, parts, sync } from '../support/gateways.ts';
import type { Manifest } from '../support/helm.ts';
import { hostileAgents } from '../support/hostile-agents.ts';
import { filesOf } from '../support/settings-form.ts';
import { type A2aAgent, startAgent } from './support/a2a-agent.ts';
import { A2A_CALL, CHAT_MESSAGES } from './support/a2a-client.ts';
import { type Answered, exampleAnswer, exampleFiles, fixtureAnswers } from './support/answers.ts';
import { inParallel } from './support/in-parallel.ts';
import { type Environment, type Krakend, startKrakend, whyRefused, withKrakend } from './support/krakend.ts';

const GATEWAYS = [...fixtureAnswers(), ...(await Promise.all(exampleFiles.map(exampleAnswer)))].flatMap(gatewaysOf);
const HOSTILE_SETS = 500;
const PLUGIN_SETS = 50;
/** A check mostly waits, so many run at once. */
const CHECKS_AT_A_TIME = 12;

/** A set without agents tests little, so most sets must have some. This runs even without KrakenD. */
it.each([
  [HOSTILE_SETS, 320],
  [PLUGIN_SETS, 25],
])('of %i hostile sets, at least %i have a gateway with agents', (numRuns, floor) => {
  const served = fc
    .sample(hostileAgents, numRuns)
    .filter((related) => modelIds(sync({ related }).krakendJson).length > 0);
  expect(served.length).toBeGreaterThanOrEqual(floor);
});

describe('KrakenD', () => {
  it.each([
    ['two endpoints of one path', [endpointAt('/a/one'), endpointAt('/a//one')], 'already registered'],
    ['a path that it keeps for itself', [endpointAt('/a/__health')], '/a/__health'],
    ['text that is not JSON', '"', 'unexpected end of JSON input'],
    ['a template that fails', '{{ fail "no" }}', 'error calling fail: no'],
  ])('refuses %s', async (_, endpoints, why) => {
    const text = typeof endpoints === 'string' ? endpoints : JSON.stringify({ version: 3, port: 8080, endpoints });
    expect(await whyRefused(text)).toContain(why);
  });

  it.each(GATEWAYS)('accepts the configuration of $name', async ({ files, environment }) => {
    expect(await whyRefused(files, environment)).toBe('');
  });

  it('accepts the configuration of any set of agents', async () => {
    const seed = Date.now();
    const sets = fc.sample(hostileAgents, { numRuns: HOSTILE_SETS, seed });
    const refused = await inParallel(sets, CHECKS_AT_A_TIME, async (related) => {
      const why = await whyRefused(sync({ related }).krakendJson);
      return why === '' ? [] : [{ seed, related: related.map(told), why }];
    });
    expect(refused.flat()).toEqual([]);
  }, 600_000);

  withKrakend.it(
    'starts with its plugins for any set of agents',
    async () => {
      const seed = Date.now();
      const sets = fc.sample(hostileAgents, { numRuns: PLUGIN_SETS, seed });
      const listed = await inParallel(sets, 2, async (related) => {
        const { krakendJson } = sync({ related });
        const models = await modelsWhenRun(krakendJson);
        return { seed, related: related.map(told), models, configured: modelIds(krakendJson) };
      });
      expect(listed.filter(({ models, configured }) => `${models}` !== `${configured}`)).toEqual([]);
    },
    600_000,
  );
});

describe('a KrakenD in front of agents', () => {
  const agents: A2aAgent[] = [];
  let krakend: Krakend;
  beforeAll(async () => {
    agents.push(await startAgent('news'), await startAgent('weather', '/api/v1'));
    const related = agents.map(({ cardUrl }, index) => agent(IDS[index] ?? '', { url: cardUrl }));
    krakend = await startKrakend(sync({ related }).krakendJson);
  });
  afterAll(async () => {
    await krakend?.running.stop();
    await Promise.all(agents.map(({ stop }) => stop()));
  });

  const IDS = ['team-a/news', 'team-b/weather'];
  const PLACES = IDS.flatMap((id) => [
    [id, id],
    [id.slice(id.indexOf('/') + 1), id],
  ]);

  it.each(PLACES)('answers calls to /%s as %s', async (place, id) => {
    expect(await post(`${krakend.url}/${place}`, A2A_CALL)).toMatchObject(heardHello(id));
  });

  withKrakend.it('lists them as models', async () => {
    const { data } = (await (await fetch(`${krakend.url}/models`)).json()) as { data: object[] };
    expect(data).toEqual(IDS.map((id) => expect.objectContaining({ id, object: 'model', owned_by: id.split('/')[0] })));
  });

  it.each(PLACES)('serves at /%s the card of %s, and answers calls to the address in it', async (place, id) => {
    const response = await fetch(`${krakend.url}/${place}/.well-known/agent-card.json`);
    const { url, name } = (await response.json()) as { url: string; name: string };
    expect({ url, name }).toEqual({ url: `${krakend.url}/${place}`, name: id.split('/')[1] });
    expect(await post(url, A2A_CALL)).toMatchObject(heardHello(id));
  });

  withKrakend.it.each(IDS)('answers OpenAI calls to the model %s', async (model) => {
    expect(await post(`${krakend.url}/chat/completions`, { model, messages: CHAT_MESSAGES })).toMatchObject({
      choices: [{ message: { content: `${model.split('/')[1]} heard hello` } }],
    });
  });

  withKrakend.it('logs calls, and no bodies of them, unless it runs at DEBUG', async () => {
    const text = 'a prompt that no log may have';
    const related = [agent(IDS[0] ?? '', { url: agents[0]?.cardUrl ?? '' })];
    const settings = { AGENT_GATEWAY_LOG_LEVEL: 'DEBUG' };
    const verbose = await startKrakend(sync({ related, settings }).krakendJson);
    try {
      for (const { url } of [krakend, verbose]) {
        const message = { ...A2A_CALL.params.message, parts: [{ kind: 'text', text }] };
        await post(`${url}/${IDS[0]}`, { ...A2A_CALL, params: { message } });
      }
      await vi.waitFor(() => expect(verbose.running.log()).toContain(text), 10_000);
      expect(krakend.running.log()).toContain(`/${IDS[0]}`);
      expect(krakend.running.log()).not.toContain(text);
    } finally {
      await verbose.running.stop();
    }
  });

  withKrakend.it('refuses calls to a model that it does not have', async () => {
    const body = { model: 'team-a/weather', messages: CHAT_MESSAGES };
    expect(await post(`${krakend.url}/chat/completions`, body)).toMatch(/not found/i);
  });
});

function endpointAt(endpoint: string): object {
  return { endpoint, output_encoding: 'no-op', backend: [{ host: ['http://one.a'], url_pattern: '/' }] };
}

function heardHello(id: string): object {
  return { result: { artifacts: [{ parts: [{ text: `${id.split('/')[1]} heard hello` }] }] } };
}

interface Gateway {
  readonly name: string;
  readonly files: KrakendFiles;
  readonly environment: Environment;
}

/** Each gateway of an answer: the files and the environment of its pod. */
function gatewaysOf({ name, children }: Answered): Gateway[] {
  const environment = environmentOf(children.find(({ kind }) => kind === 'Deployment'));
  return children.flatMap((child) => {
    const files = child.kind === 'Deployment' ? filesOf(children, child.metadata.name).files : undefined;
    return files === undefined ? [] : [{ name: `${name}, ${child.metadata.name}`, files, environment }];
  });
}

interface Pods {
  readonly template: { readonly spec: { readonly containers: readonly [{ readonly env: readonly Variable[] }] } };
}

interface Variable {
  readonly name: string;
  readonly value?: string;
}

function environmentOf(deployment: Manifest | undefined): Environment {
  const env = (deployment?.['spec'] as Pods | undefined)?.template.spec.containers[0].env ?? [];
  return Object.fromEntries(env.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]])));
}

async function modelsWhenRun(krakendJson: string): Promise<readonly string[]> {
  const { url, running } = await startKrakend(krakendJson);
  try {
    const { data } = (await (await fetch(`${url}/models`)).json()) as { data: readonly { id: string }[] | null };
    return (data ?? []).map(({ id }) => id);
  } finally {
    await running.stop();
  }
}

function modelIds(krakendJson: string): readonly string[] {
  const agents: { model_id: string }[] =
    parts(krakendJson).config.extra_config['plugin/http-server'].openai_a2a_config.agents;
  return agents.map(({ model_id }) => model_id);
}

function told({ metadata, spec, status }: KubernetesObject): unknown {
  return { id: `${metadata.namespace}/${metadata.name}`, spec, status };
}

/** An answer as JSON, or as text if it is not JSON. */
async function post(url: string, body: object): Promise<unknown> {
  const headers = { 'content-type': 'application/json' };
  const text = await (await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })).text();
  return text.startsWith('{') ? JSON.parse(text) : text;
}
