import { describe, expect, it } from 'vitest';
import { agent, modelApi, ready, sync } from '../../support/kaos.ts';
import { KNOWN_KEYS, modelApiWith, OWN_KEY, TRIED_KEYS, UNKNOWN_KEYS } from '../../support/litellm-keys.ts';

const PERMIT = 'LITELLM_DANGEROUSLY_PERMIT_WEAK_OR_UNSET_MASTER_KEY';
const KEY = 'LITELLM_MASTER_KEY';
const ANY_SECRET = { KAOS_RUNTIME_SECRETS: '*' };
const SECRET = { MODEL_API_MASTER_KEY_SECRET: 'llm-keys' };
const OF_THE_SECRET = { name: KEY, valueFrom: { secretKeyRef: { name: 'llm-keys', key: 'master-key' } } };

/** The places of a ModelAPI in which LiteLLM finds a key. */
const OWN_PLACES =
  /"name":"LITELLM_MASTER_KEY"|general_settings: {master_key: sk|environment_variables: {LITELLM_MASTER_KEY.*general_settings|environ\/PROXY_KEY.*"name":"PROXY_KEY"/;

interface Variable {
  readonly name: string;
}

const variable = (name: string, { container }: { container: { env: readonly Variable[] } }) =>
  container.env.find((found) => found.name === name);

describe('the permission to start LiteLLM without a key', () => {
  it.each(TRIED_KEYS)('is there only if everyone shall be served: $what', ({ spec, secret = '', access, told }) => {
    const made = sync({ parent: modelApiWith(spec), settings: { MODEL_API_MASTER_KEY_SECRET: secret } });
    const { reason, message } = made.conditions['Accepted'] ?? {};
    expect(made.env[PERMIT] === 'true').toBe(access === 'serves everyone');
    expect(reason === 'InvalidMasterKey').toBe(told !== undefined);
    expect(message).toEqual(expect.stringContaining(told ?? ''));
    expect(JSON.stringify(made.status)).not.toContain(OWN_KEY);
  });

  it.each(UNKNOWN_KEYS)('is left out where the key cannot be known: $what', ({ spec, source }) => {
    const { env, conditions } = sync({ parent: modelApiWith(spec), settings: ANY_SECRET });
    expect(env[PERMIT]).toBeUndefined();
    expect(conditions['Accepted']).toMatchObject({
      reason: 'InvalidMasterKey',
      message: `${source}: can hold LiteLLM's master key, which is not known here, so LiteLLM does not start without one; set ${KEY} in spec.container.env, or set ${PERMIT} there: to "false" if there is a key, to "true" to serve all callers without one`,
    });
  });

  it.each(['true', 'false'])('is what the user says, and then nothing is told: %s', (value) => {
    for (const { spec } of UNKNOWN_KEYS) {
      const container = { ...('container' in spec ? (spec.container as object) : {}), env: [{ name: PERMIT, value }] };
      const { env, conditions } = sync({ parent: modelApiWith({ ...spec, container }), settings: ANY_SECRET });
      expect([env[PERMIT], conditions['Accepted']?.reason]).toEqual([value, 'Accepted']);
    }
  });

  it.each(KNOWN_KEYS)('stays with what cannot hold a key: $what', ({ spec }) => {
    const { env, conditions } = sync({ parent: modelApiWith(spec), settings: ANY_SECRET });
    expect([env[PERMIT], conditions['Accepted']?.reason]).toEqual(['true', 'Accepted']);
  });
});

describe('the Secret with the key of all proxies', () => {
  it.each([...TRIED_KEYS, ...UNKNOWN_KEYS])('gives the key unless the user has one: $what', ({ spec }) => {
    const made = sync({ parent: modelApiWith(spec), settings: SECRET });
    const without = sync({ parent: modelApiWith(spec) });
    const isUsers = OWN_PLACES.test(JSON.stringify(spec));
    expect(variable(KEY, made)).toEqual(isUsers ? variable(KEY, without) : OF_THE_SECRET);
    expect(variable(PERMIT, made)).toEqual(
      JSON.stringify(spec).includes(PERMIT) ? variable(PERMIT, without) : undefined,
    );
  });

  it('comes before the one in envFrom, which is told', () => {
    const parent = modelApiWith({
      podSpec: { containers: [{ name: 'model-api', envFrom: [{ secretRef: { name: 's' } }] }] },
    });
    const made = sync({ parent, settings: SECRET });
    expect(variable(KEY, made)).toEqual(OF_THE_SECRET);
    expect(made.conditions['Accepted']?.message).toContain(
      'spec.podSpec.containers[model-api].envFrom: a LITELLM_MASTER_KEY in it has no effect, because the one of Secret llm-keys comes first; set your own in spec.container.env',
    );
  });

  it.each([
    [{}, SECRET],
    [{ KAOS_RUNTIME_SECRETS: 'agents-*' }, SECRET],
  ])('may be used under each policy: %j', (policy, settings) => {
    const proxy = sync({ parent: modelApi(), settings: { ...policy, ...settings } });
    expect(variable(KEY, proxy)).toEqual(OF_THE_SECRET);
    const caller = sync({ parent: agent(), related: [ready(modelApi())], settings: { ...policy, ...settings } });
    expect(variable('MODEL_API_KEY', caller)).toEqual({ ...OF_THE_SECRET, name: 'MODEL_API_KEY' });
    expect(proxy.conditions['Accepted']?.reason).toBe('Accepted');
  });

  it('gives Agents the key for their calls to LiteLLM, in the header that its SDK adds', () => {
    const caller = sync({ parent: agent(), related: [ready(modelApi())], settings: SECRET });
    expect(caller.names.indexOf('MODEL_API_KEY')).toBeLessThan(caller.names.indexOf('OPENAI_CUSTOM_HEADERS'));
    expect(caller.env['OPENAI_CUSTOM_HEADERS']).toBe('x-litellm-api-key: Bearer $(MODEL_API_KEY)');
  });

  it('is not for Agents whose model is Ollama, or missing, nor without the setting', () => {
    const hosted = ready(modelApi({ mode: 'Hosted', hostedConfig: { model: 'openai/gpt' } }));
    const scenes = [
      { related: [hosted], settings: SECRET },
      { related: [], settings: SECRET },
      { related: [ready(modelApi())], settings: {} },
    ];
    for (const scene of scenes) {
      const { names } = sync({ parent: agent({ waitForDependencies: false }), ...scene });
      expect(names.filter((name) => /MODEL_API_KEY|HEADERS/.test(name))).toEqual([]);
    }
  });

  it('gives way to the variables of an Agent', () => {
    const env = [
      { name: 'MODEL_API_KEY', value: 'sk-of-the-agent' },
      { name: 'OPENAI_CUSTOM_HEADERS', value: 'x-mine: 1' },
    ];
    const one = sync({ parent: agent({ container: { env } }), related: [ready(modelApi())], settings: SECRET });
    expect(one.env).toMatchObject({ MODEL_API_KEY: 'sk-of-the-agent', OPENAI_CUSTOM_HEADERS: 'x-mine: 1' });
  });
});
