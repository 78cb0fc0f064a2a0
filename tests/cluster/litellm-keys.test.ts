import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../support/gateways.ts';
import type { Manifest } from '../support/helm.ts';
import { agent, modelApi, ready, sync } from '../support/kaos.ts';
import { OWN_KEY } from '../support/litellm-keys.ts';
import { environmentOf } from './support/container-environment.ts';
import { liteLlmImage } from './support/kaos-images.ts';
import { type Pod, podsOf, runPod } from './support/pods.ts';
import type { Running } from './support/processes.ts';
import { type Provider, startProvider } from './support/provider.ts';
import { runPython } from './support/python.ts';

const PERMIT = { name: 'LITELLM_DANGEROUSLY_PERMIT_WEAK_OR_UNSET_MASTER_KEY', value: 'true' };
const SECRET = {
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'llm-keys' },
  stringData: { 'master-key': OWN_KEY },
};
const BY_SECRET = { MODEL_API_MASTER_KEY_SECRET: 'llm-keys' };
const MODELS = 'model_list: [{model_name: gpt, litellm_params: {model: openai/gpt, api_key: x}}]\n';
const MISPLACED = configured(`${MODELS}litellm_settings: {master_key: ${OWN_KEY}}`);

/** What LiteLLM answers to a wrong key if it has no database with other keys. */
const REFUSED = 400;

let provider: Provider;
const running: Running[] = [];

beforeAll(async () => {
  provider = await startProvider(() => 'served');
});

afterAll(async () => {
  await Promise.all([provider?.stop(), ...running.map(({ stop }) => stop())]);
});

function configured(fromString: string): KubernetesObject {
  return modelApi({ proxyConfig: { models: ['*'], configYaml: { fromString } } });
}

/** Starts LiteLLM as its pod does, with more variables; returns the pod. */
async function started(parent: KubernetesObject, settings: object = {}, more: readonly object[] = []): Promise<Pod> {
  const children = sync({ parent, settings: { ...settings } }).children as readonly Manifest[];
  const [pod] = podsOf(children);
  if (pod === undefined) {
    throw new Error('the ModelAPI has no pod');
  }
  const container = { ...pod.container, env: [...pod.container.env, { name: 'OPENAI_API_KEY', value: 'x' }, ...more] };
  const here = { ...pod, container } as Pod;
  const images = { [pod.container.image]: liteLlmImage(provider.port) };
  running.push(await runPod(here, { images, objects: [...children, SECRET] }));
  return here;
}

/** The answer to a chat with this key: its text, or the status of the refusal. */
async function chat({ ip }: Pod, key: string): Promise<string | number> {
  const response = await fetch(`http://${ip}:8000/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    body: JSON.stringify({ model: 'gpt', messages: [{ role: 'user', content: 'hello' }] }),
  });
  const { choices } = (await response.json()) as { choices?: readonly { message: { content: string } }[] };
  return choices?.[0]?.message.content ?? response.status;
}

describe('LiteLLM', () => {
  it('serves a bogus key with the permission beside a misplaced key, as the pod had it once', async () => {
    expect(await chat(await started(MISPLACED, {}, [PERMIT]), 'sk-bogus')).toBe('served');
  });

  it('does not start with a misplaced key now', async () => {
    await expect(started(MISPLACED)).rejects.toThrow(/no master key is set/);
  });

  it('serves only its own key', async () => {
    const pod = await started(configured(`${MODELS}general_settings: {master_key: ${OWN_KEY}}`));
    expect([await chat(pod, 'sk-bogus'), await chat(pod, OWN_KEY)]).toEqual([REFUSED, 'served']);
  });

  it('serves the key of the Secret, which agents send without knowing of it', async () => {
    const pod = await started(configured(MODELS), BY_SECRET);
    expect([await chat(pod, 'sk-bogus'), await chat(pod, OWN_KEY)]).toEqual([REFUSED, 'served']);
    const caller = sync({ parent: agent({ model: 'gpt' }), related: [ready(configured(MODELS))], settings: BY_SECRET });
    const { OPENAI_CUSTOM_HEADERS = '' } = environmentOf(caller.container.env, [SECRET]);
    const asAgent = (variables: object) =>
      runPython('openai_call.py', `http://${pod.ip}:8000/v1`, 'gpt', JSON.stringify(variables));
    expect([await asAgent({}), await asAgent({ OPENAI_CUSTOM_HEADERS })]).toEqual([`${REFUSED}\n`, 'served\n']);
  });
}, 240_000);
