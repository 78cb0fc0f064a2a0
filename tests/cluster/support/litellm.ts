import { parse } from 'yaml';
import type { Manifest } from '../../support/helm.ts';
import { type Environment, environmentOf } from './container-environment.ts';
import { pythonImage } from './kaos-images.ts';
import type { LiteLlmPod } from './litellm-pods.ts';
import type { Collector } from './otlp-collector.ts';
import { type Image, mountedFiles, type Pod, runPod } from './pods.ts';
import { isAnswered } from './probes.ts';
import type { Call } from './provider.ts';

/** What the tests saw of a LiteLLM that was started as its pod starts it. */
export interface Seen {
  readonly probes: { readonly liveness: boolean; readonly readiness: boolean };
  /** The models that it lists. */
  readonly models: readonly string[];
  /** For each model, the call that the provider got for a chat, or why it got none. */
  readonly chats: readonly (Call | string)[];
}

/** Servers of these tests in place of those that LiteLLM calls in a cluster. */
export interface Surroundings {
  readonly provider: string;
  readonly collector: Collector;
}

/** Paths at the provider that show whether LiteLLM called `apiBase` or the default address of a provider. */
export const API_BASE = '/api-base';
export const DEFAULT_BASE = '/default-base';
/** The key that a user gives in the provider's own variable. */
export const PROVIDER_KEY = 'of-the-provider';

/** Starts LiteLLM as a pod does, chats with these models, and ends it. */
export async function runLiteLlm(
  { pod, objects }: LiteLlmPod,
  names: readonly string[],
  around: Surroundings,
): Promise<Seen> {
  const here = withHostsHere(pod, around);
  const running = await runPod(here, { images: { [pod.container.image]: imageFor(around) }, objects });
  try {
    const probes = {
      liveness: await isAnswered(here, pod.container.livenessProbe),
      readiness: await isAnswered(here, pod.container.readinessProbe),
    };
    const call = callerOf(here, objects);
    const { data } = (await call('/models')) as { data: readonly { id: string }[] };
    const chats: (Call | string)[] = [];
    for (const model of names) {
      chats.push(answerOf(await call('/chat/completions', { model, messages: [{ role: 'user', content: 'hello' }] })));
    }
    if (pod.container.env.some(({ name }) => name === 'OTEL_EXPORTER')) {
      await around.collector.untilHeard();
    }
    return { probes, models: data.map(({ id }) => id), chats };
  } finally {
    await running.stop();
  }
}

/** Variables of the image, which those of the pod override. They avoid calls to the internet and waiting. */
function imageFor({ provider }: Surroundings): (ip: string) => Image {
  const env: Environment = {
    // A user would give these: LiteLLM calls a provider only with the provider's key.
    OPENAI_API_KEY: PROVIDER_KEY,
    NEBIUS_API_KEY: PROVIDER_KEY,
    OPENAI_BASE_URL: `${provider}${DEFAULT_BASE}`,
    LITELLM_LOCAL_MODEL_COST_MAP: 'True',
    OTEL_BSP_SCHEDULE_DELAY: '100',
  };
  return (ip) => pythonImage('litellm', ['--host', ip], env);
}

/** Replaces only the hosts in the addresses of its variables. */
function withHostsHere(pod: Pod, { provider, collector }: Surroundings): Pod {
  const hosts: Environment = {
    PROXY_API_BASE: `${provider}${API_BASE}`,
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${collector.port}`,
  };
  const env = pod.container.env.map((variable) => {
    const host = hosts[variable.name];
    return host === undefined
      ? variable
      : { ...variable, value: variable.value?.replace(/^https?:\/\/[^/]*/, host) ?? '' };
  });
  return { ...pod, container: { ...pod.container, env } };
}

function callerOf(pod: Pod, objects: readonly Manifest[]): (path: string, body?: object) => Promise<unknown> {
  const { ip, container } = pod;
  const key = environmentOf(container.env, objects)['LITELLM_MASTER_KEY'] ?? configuredKey(pod, objects);
  const headers = { 'content-type': 'application/json', ...(key && { authorization: `Bearer ${key}` }) };
  return async (path, body) => {
    const sent = body && { method: 'POST', body: JSON.stringify(body) };
    return (await fetch(`http://${ip}:8000/v1${path}`, { headers, ...sent })).json();
  };
}

/** The key in the configuration, if it has one. */
function configuredKey(pod: Pod, objects: readonly Manifest[]): string | undefined {
  const configuration = parse(mountedFiles(pod, objects)['config.yaml'] ?? '') ?? {};
  return configuration.general_settings?.master_key;
}

function answerOf(chat: unknown): Call | string {
  const { choices } = chat as { choices?: readonly { message: { content: string } }[] };
  const content = choices?.[0]?.message.content;
  return content === undefined ? JSON.stringify(chat) : JSON.parse(content);
}
