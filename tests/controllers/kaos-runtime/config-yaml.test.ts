import { describe, expect, it } from 'vitest';
import { related, sync } from '../../support/kaos.ts';
import { TRIED_CONFIGS } from '../../support/litellm-configs.ts';
import { config, proxy } from './litellm.ts';

describe('a configYaml', () => {
  const TEXT = '# mine\nmodel_list:\n- {model_name: openai/a, litellm_params: {model: x}}\n';

  it('is used unchanged', () => {
    expect(config(proxy({ configYaml: { fromString: TEXT } }))).toBe(TEXT);
  });

  it.each(TRIED_CONFIGS)('is held only if LiteLLM ends with it: %j', (fromString, fault) => {
    const { status, conditions, kinds, configMap } = sync({
      parent: proxy({ models: ['*', ''], configYaml: { fromString } }),
    });
    const message = `spec.proxyConfig.configYaml.fromString: ${fault}`;
    const held = { kinds: [], phase: 'Failed', reason: 'InvalidConfigYaml', message };
    const made = { kinds: ['ConfigMap', 'Deployment', 'Service'], text: fromString };
    const reason = conditions['Accepted']?.reason;
    expect(
      fault === undefined
        ? { kinds, text: configMap?.data['config.yaml'] }
        : { kinds, phase: status.phase, reason, message: status.message },
    ).toEqual(fault === undefined ? made : held);
  });

  it('tells all faults at once', () => {
    const fromString = 'model_list: [{model_name: 5}, {litellm_params: {}}]\ngeneral_settings: []';
    expect(sync({ parent: proxy({ configYaml: { fromString } }) }).status.message).toBe(
      'spec.proxyConfig.configYaml.fromString: model_list[0].model_name: 5 is a number without quotes; expected text such as "gpt-4o"; model_list[0].litellm_params: is missing; expected a map such as {model: openai/gpt-4o}; model_list[1].model_name: is missing; expected text such as "gpt-4o"; model_list[1].litellm_params.model: is missing; expected text such as "openai/gpt-4o"; general_settings: is a list; expected a map',
    );
  });

  it.each([
    ['model_list: [', /^failed to parse configYaml: /, 'InvalidConfigYaml'],
    ['- a', /^failed to parse configYaml: expected a map of settings$/, 'InvalidConfigYaml'],
    ['5', /^failed to parse configYaml: expected a map of settings$/, 'InvalidConfigYaml'],
    ['a: *b', /^failed to parse configYaml: /, 'InvalidConfigYaml'],
    // LiteLLM 1.106 ends with "Config cannot be None or Empty".
    ['# nothing\n', /^failed to parse configYaml: expected a map of settings$/, 'InvalidConfigYaml'],
    [
      "model_list: [{model_name: '5', litellm_params: {model: x}}]",
      /^model_name "5" in configYaml not found in /,
      'ModelNotSupported',
    ],
    [
      "model_list: [{model_name: '', litellm_params: {model: x}}]",
      /^model_name "" in configYaml not found in /,
      'ModelNotSupported',
    ],
    [TEXT, /^model_name "openai\/a" in configYaml not found in models list \[b c\]$/, 'ModelNotSupported'],
  ])('is refused if it is %j', (fromString, message, reason) => {
    const { status, conditions, kinds } = sync({ parent: proxy({ models: ['b', 'c'], configYaml: { fromString } }) });
    expect({ kinds, phase: status.phase, accepted: conditions['Accepted']?.reason }).toEqual({
      kinds: [],
      phase: 'Failed',
      accepted: reason,
    });
    expect(status.message).toMatch(message);
  });

  const secretRef = { name: 'litellm', key: 'conf' };
  const parent = proxy({ configYaml: { fromSecretKeyRef: secretRef } });

  it('D5: in a Secret is mounted, and no ConfigMap is created', () => {
    const { kinds, pod, container } = sync({ parent });
    expect(kinds).toEqual(['Deployment', 'Service']);
    expect(pod.volumes).toEqual([
      { name: 'litellm-config', secret: { secretName: 'litellm', items: [{ key: 'conf', path: 'config.yaml' }] } },
    ]);
    expect(container.args).toContain('/etc/litellm/config.yaml');
  });

  it.each([
    [{ name: '', key: 'conf' }, '.name: "" is not a valid object name'],
    [{ key: 'conf' }, ': has no name'],
    [{ name: 's', key: '' }, '.key: "" is not a valid key of a ConfigMap or Secret'],
    [{ name: 's', key: '../x' }, '.key: "../x" is not a valid key of a ConfigMap or Secret'],
  ])('cannot be in a Secret with the reference %j', (fromSecretKeyRef, message) => {
    const { kinds, status } = sync({ parent: proxy({ configYaml: { fromSecretKeyRef } }) });
    expect({ kinds, phase: status.phase }).toEqual({ kinds: [], phase: 'Failed' });
    expect(status.message).toBe(`spec.proxyConfig.configYaml.fromSecretKeyRef${message}`);
  });

  it.each([
    [{ ...secretRef, optional: true }, { optional: true }],
    [{ ...secretRef, optional: false }, {}],
  ])('D5: in a Secret may be missing only if the reference is optional: %j', (fromSecretKeyRef, optional) => {
    const { pod } = sync({ parent: proxy({ configYaml: { fromSecretKeyRef } }) });
    const secret = { secretName: 'litellm', items: [{ key: 'conf', path: 'config.yaml' }], ...optional };
    expect(pod.volumes).toEqual([{ name: 'litellm-config', secret }]);
  });

  it('comes from the text if there is also a Secret, which is then not requested', () => {
    const settings = { REFERENCE_HASH_KEY_FILE: 'tests/support/reference-hash-key.txt' };
    const secretsOf = (configYaml: object) =>
      related(proxy({ configYaml }), settings).filter(({ resource }) => resource === 'secrets');
    expect(secretsOf({ fromSecretKeyRef: secretRef })).toHaveLength(1);
    expect(secretsOf({ fromString: TEXT, fromSecretKeyRef: secretRef })).toEqual([]);
    expect(config(proxy({ configYaml: { fromString: TEXT, fromSecretKeyRef: secretRef } }))).toBe(TEXT);
  });

  it('D6: in a Secret rolls out new pods when it changes, if there is a key to hash it with', () => {
    const secret = (conf: string, namespace = 'team') => ({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'litellm', namespace },
      data: { conf },
    });
    const annotations = (conf: string, settings = {}) =>
      sync({ parent, related: [secret('eg==', 'other'), secret(conf)], settings }).deployment.spec.template.metadata
        .annotations;
    const settings = { REFERENCE_HASH_KEY_FILE: 'tests/support/reference-hash-key.txt' };
    expect(annotations('YQ==', settings)).not.toEqual(annotations('Yg==', settings));
    expect(annotations('YQ==')).toEqual(annotations('Yg=='));
    expect(JSON.stringify(sync({ parent, related: [secret('c2VjcmV0')], settings }).children)).not.toContain(
      'c2VjcmV0',
    );
  });
});
