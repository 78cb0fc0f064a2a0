import { describe, expect, it } from 'vitest';
import { sync } from '../support/kaos.ts';
import { TRIED_CONFIGS } from '../support/litellm-configs.ts';
import { modelApiWith, OWN_KEY, TRIED_KEYS } from '../support/litellm-keys.ts';
import { environmentOf } from './support/container-environment.ts';
import { runPython } from './support/python.ts';

const SECRET = {
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'llm-keys' },
  stringData: { 'master-key': OWN_KEY },
};

/** Whether LiteLLM starts with each configuration and these variables, and whom it serves. */
async function starts(cases: readonly { config: string; env: object }[]): Promise<readonly string[]> {
  return JSON.parse(await runPython('litellm_starts.py', JSON.stringify(cases)));
}

const ends = (verdict: string | undefined) => verdict?.startsWith('ends');

describe('LiteLLM itself', async () => {
  const permitted = { LITELLM_DANGEROUSLY_PERMIT_WEAK_OR_UNSET_MASTER_KEY: 'true' };
  const verdicts = await starts(TRIED_CONFIGS.map(([config]) => ({ config, env: permitted })));

  it.each(TRIED_CONFIGS.map(([config, fault], index) => [config, fault, index] as const))(
    'ends only with the configurations that a status tells: %j',
    (_config, fault, index) => {
      expect([verdicts[index], ends(verdicts[index])]).toEqual([expect.any(String), fault !== undefined]);
    },
  );

  const pods = TRIED_KEYS.map(({ spec, secret = '' }) => {
    const made = sync({ parent: modelApiWith(spec), settings: { MODEL_API_MASTER_KEY_SECRET: secret } });
    return { config: made.configMap.data['config.yaml'], env: environmentOf(made.container.env, [SECRET]) };
  });
  const access = await starts(pods);

  it.each(TRIED_KEYS.map(({ what, access: expected }, index) => [what, expected, index] as const))(
    'started as its pod with %s, %s',
    (_what, expected, index) => {
      expect(access[index]).toBe(expected);
    },
  );
}, 120_000);
