import { afterAll, beforeAll, expect } from 'vitest';
import type { Manifest } from '../support/helm.ts';
import { agent, modelApi, ready, sync } from '../support/kaos.ts';
import { agentImage, withAgents } from './support/agent-runtime.ts';
import { type Pod, podsOf, runPod } from './support/pods.ts';
import type { Running } from './support/processes.ts';

const ANSWER = 'an answer of the model';
const SETTINGS = { DEFAULT_AGENT_IMAGE: 'kaos-agent' };

/** An Agent with its memory in a store at whose address nothing answers, and with a model of scripted answers. */
function podOf(failureMode: string): Pod {
  const env = [{ name: 'DEBUG_MOCK_RESPONSES', value: JSON.stringify([ANSWER]) }];
  const memory = { memoryStore: 'notes', failureMode };
  const parent = agent({ config: { memory }, container: { env }, waitForDependencies: false });
  const { deployment } = sync({ parent, related: [ready(modelApi())], settings: SETTINGS });
  return podsOf([deployment as unknown as Manifest])[0] as Pod;
}

const PODS = { soft: podOf('soft'), strict: podOf('strict') };
const running: Running[] = [];

beforeAll(async () => {
  const surroundings = { images: { 'kaos-agent': agentImage({}) }, objects: [] };
  for (const pod of Object.values(PODS)) {
    running.push(await runPod(pod, surroundings));
  }
}, 300_000);
afterAll(() => Promise.all(running.map((program) => program.stop())));

// Decision 41 says so: pods keep the address of a store that is not ready.
withAgents.describe("KAOS's agent without its MemoryStore", () => {
  withAgents.it.each([
    ['soft', 'answers without memories', ANSWER],
    ['strict', 'says that it failed', 'Sorry, I encountered an error'],
  ] as const)('with failureMode %s starts, is ready and %s', async (mode, _what, answer) => {
    const { ip, container } = PODS[mode];
    expect(container.env.find(({ name }) => name === 'MEMORY_STORE_ENDPOINT')?.value).toContain('memorystore-notes');
    const response = await fetch(`http://${ip}:8000/v1/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ messages: [{ role: 'user', content: 'Who am I?' }] }),
    });
    expect(await response.json()).toMatchObject({
      choices: [{ message: { content: expect.stringContaining(answer) } }],
    });
  });
});
