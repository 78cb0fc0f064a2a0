import { modelApi } from './kaos.ts';

/** A ModelAPI, who may call its LiteLLM, and how its status begins if it says something of the key. */
interface TriedKey {
  readonly what: string;
  readonly spec: object;
  /** What LiteLLM 1.106 does. A test asks the real one. */
  readonly access:
    | 'serves everyone'
    | 'serves callers with the key'
    | 'ends: not_set'
    | 'ends: empty'
    | 'ends: publicly_known';
  readonly told?: string;
  /** The name of the Secret for all proxies. */
  readonly secret?: string;
}

const PERMIT = 'LITELLM_DANGEROUSLY_PERMIT_WEAK_OR_UNSET_MASTER_KEY';
const KEY = 'LITELLM_MASTER_KEY';
const AT = 'spec.proxyConfig.configYaml.fromString.';
const ELSEWHERE = 'has no effect on who may call LiteLLM; expected general_settings.master_key';
export const OWN_KEY = 'sk-a-long-secret-key-of-mine-0123456789';

const withConfig = (fromString: string, more: object = {}) => ({
  proxyConfig: { models: ['*'], configYaml: { fromString } },
  ...more,
});
const withEnv = (...env: readonly object[]) => ({ container: { env } });
const withPod = (container: object, pod: object = {}) => ({
  podSpec: { containers: [{ name: 'model-api', ...container }], ...pod },
});
const inSecret = { proxyConfig: { models: ['*'], configYaml: { fromSecretKeyRef: { name: 'litellm', key: 'conf' } } } };

export const TRIED_KEYS: readonly TriedKey[] = [
  { what: 'no key anywhere', spec: {}, access: 'serves everyone' },
  { what: 'a configuration without a key', spec: withConfig('general_settings: {}'), access: 'serves everyone' },
  {
    what: 'a key in the configuration',
    spec: withConfig(`general_settings: {master_key: ${OWN_KEY}}`),
    access: 'serves callers with the key',
  },
  {
    what: "the key of LiteLLM's examples",
    spec: withConfig('general_settings: {master_key: sk-1234}'),
    access: 'ends: publicly_known',
    told: `${AT}general_settings.master_key: LiteLLM does not start with the key of its examples`,
  },
  {
    what: "the key of LiteLLM's examples in a variable",
    spec: withEnv({ name: KEY, value: ' sk-1234' }),
    access: 'ends: publicly_known',
    told: `the variable ${KEY}: LiteLLM does not start with the key of its examples`,
  },
  {
    what: 'an empty key in the configuration',
    spec: withConfig("general_settings: {master_key: ''}", withEnv({ name: KEY, value: OWN_KEY })),
    access: 'ends: empty',
    told: `${AT}general_settings.master_key: is empty`,
  },
  {
    what: 'a key that is null in the configuration',
    spec: withConfig('general_settings: {master_key: }', withEnv({ name: KEY, value: OWN_KEY })),
    access: 'ends: not_set',
    told: `${AT}general_settings.master_key: is empty`,
  },
  ...['litellm_settings', 'router_settings', 'callback_settings', 'general_settings.nested'].map((place) => ({
    what: `a key in ${place}`,
    spec: withConfig(`${place.replace('.', ': {')}: {master_key: ${OWN_KEY}}${place.includes('.') ? '}' : ''}`),
    access: 'ends: not_set' as const,
    told: `${AT}${place}.master_key: ${ELSEWHERE}`,
  })),
  {
    what: 'a key at the top of the configuration',
    spec: withConfig(`master_key: ${OWN_KEY}`),
    access: 'ends: not_set',
    told: `${AT}master_key: ${ELSEWHERE}`,
  },
  ...['masterKey', 'master-key', 'litellm_master_key', 'mater_key'].map((name) => ({
    what: `a misspelt key, ${name}`,
    spec: withConfig(`general_settings: {${name}: ${OWN_KEY}}`),
    access: 'ends: not_set' as const,
    told: `${AT}general_settings.${name}: ${ELSEWHERE}`,
  })),
  {
    what: 'a misplaced key beside one in a variable',
    spec: withConfig(`litellm_settings: {master_key: ${OWN_KEY}}`, withEnv({ name: KEY, value: 'sk-other-key' })),
    access: 'serves callers with the key',
    told: `${AT}litellm_settings.master_key: ${ELSEWHERE}`,
  },
  {
    what: 'a reference to a variable of the container',
    spec: withConfig(
      'general_settings: {master_key: os.environ/PROXY_KEY}',
      withEnv({ name: 'PROXY_KEY', value: OWN_KEY }),
    ),
    access: 'serves callers with the key',
  },
  {
    what: 'a reference to a variable of the podSpec',
    spec: withConfig(
      'general_settings: {master_key: os.environ/PROXY_KEY}',
      withPod({ env: [{ name: 'PROXY_KEY', value: OWN_KEY }] }),
    ),
    access: 'serves callers with the key',
  },
  {
    what: 'a reference to a variable that nobody sets',
    spec: withConfig('general_settings: {master_key: os.environ/PROXY_KEY}'),
    access: 'ends: not_set',
    told: `${AT}general_settings.master_key: LiteLLM does not start, because the variable PROXY_KEY is not set`,
  },
  {
    what: 'a reference to a variable that LiteLLM reads too late',
    spec: withConfig(
      `general_settings: {master_key: os.environ/PROXY_KEY}\nenvironment_variables: {PROXY_KEY: ${OWN_KEY}}`,
    ),
    access: 'ends: not_set',
    told: `${AT}general_settings.master_key: LiteLLM does not start, because the variable PROXY_KEY is not set`,
  },
  {
    what: 'a reference to the usual variable',
    spec: withConfig(`general_settings: {master_key: os.environ/${KEY}}`, withEnv({ name: KEY, value: OWN_KEY })),
    access: 'serves callers with the key',
  },
  {
    what: 'another setting that refers to the usual variable',
    spec: withConfig(`litellm_settings: {key: os.environ/${KEY}}`),
    access: 'ends: not_set',
    told: `${AT}litellm_settings.key: LiteLLM does not start, because the variable ${KEY} is not set`,
  },
  {
    what: 'a key among environment_variables',
    spec: withConfig(`environment_variables: {${KEY}: ${OWN_KEY}}\ngeneral_settings: {completion_model: a}`),
    access: 'serves callers with the key',
  },
  {
    what: 'a key among environment_variables that LiteLLM does not read',
    spec: withConfig(`environment_variables: {${KEY}: ${OWN_KEY}}`),
    access: 'ends: not_set',
    told: `${AT}environment_variables.${KEY}: has no effect, because general_settings has no setting`,
  },
  {
    what: 'a misspelt key among environment_variables',
    spec: withConfig(`environment_variables: {LITELM_MASTER_KEY: ${OWN_KEY}}`),
    access: 'ends: not_set',
    told: `${AT}environment_variables.LITELM_MASTER_KEY: ${ELSEWHERE}`,
  },
  {
    what: 'a key in a variable of the container',
    spec: withEnv({ name: KEY, value: OWN_KEY }),
    access: 'serves callers with the key',
  },
  {
    what: 'a key in a variable of the podSpec',
    spec: withPod({ env: [{ name: KEY, value: OWN_KEY }] }),
    access: 'serves callers with the key',
  },
  {
    what: 'an empty variable',
    spec: withEnv({ name: KEY, value: '' }),
    access: 'ends: empty',
    told: `the variable ${KEY}: is empty`,
  },
  {
    what: 'a variable that Kubernetes would refuse',
    spec: withEnv({ name: KEY, value: OWN_KEY, valueFrom: { secretKeyRef: { name: 's', key: 'k' } } }),
    access: 'ends: not_set',
  },
  {
    what: 'a permission of the user',
    spec: withEnv({ name: PERMIT, value: 'true' }),
    access: 'serves everyone',
  },
  {
    what: 'a permission of the user for a key that everyone knows',
    spec: withConfig('general_settings: {master_key: sk-1234}', withEnv({ name: PERMIT, value: 'true' })),
    access: 'serves everyone',
  },
  {
    what: 'a refusal of the user',
    spec: withEnv({ name: PERMIT, value: 'false' }),
    access: 'ends: not_set',
  },
  {
    what: 'a key in a Secret for all proxies',
    spec: {},
    secret: 'llm-keys',
    access: 'serves callers with the key',
  },
  {
    what: 'a Secret for all proxies, and a configuration that refers to the usual variable',
    spec: withConfig(`general_settings: {master_key: os.environ/${KEY}}`),
    secret: 'llm-keys',
    access: 'serves callers with the key',
  },
  {
    what: 'a Secret for all proxies, and a misplaced key',
    spec: withConfig(`litellm_settings: {master_key: ${OWN_KEY}}`),
    secret: 'llm-keys',
    access: 'serves callers with the key',
    told: `${AT}litellm_settings.master_key: ${ELSEWHERE}`,
  },
  {
    what: 'a Secret for all proxies, and an empty key',
    spec: withConfig("general_settings: {master_key: ''}"),
    secret: 'llm-keys',
    access: 'ends: empty',
    told: `${AT}general_settings.master_key: is empty`,
  },
];

const unknown = (what: string, spec: object, source: string) => ({ what, spec, source });

/** ModelAPIs whose key is in a place that nobody can read here, and the field that the status names. */
export const UNKNOWN_KEYS = [
  unknown('a configuration in a Secret', inSecret, 'spec.proxyConfig.configYaml.fromSecretKeyRef'),
  unknown(
    'envFrom',
    withPod({ envFrom: [{ secretRef: { name: 's' } }] }),
    'spec.podSpec.containers[model-api].envFrom',
  ),
  unknown(
    'envFrom with a prefix of the name',
    withPod({ envFrom: [{ prefix: 'LITELLM_', configMapRef: { name: 'c' } }] }),
    'spec.podSpec.containers[model-api].envFrom',
  ),
  unknown(
    'another configuration in the arguments',
    { container: { args: ['--config', '/mine/config.yaml'] } },
    'spec.container.command or args',
  ),
  unknown(
    'a shell',
    { container: { command: ['sh', '-c'], args: ['litellm --config x'] } },
    'spec.container.command or args',
  ),
  unknown(
    'a volume of the podSpec in place of the configuration',
    withPod({}, { volumes: [{ name: 'litellm-config', configMap: { name: 'mine' } }] }),
    'a volume of spec.podSpec at /etc/litellm',
  ),
  unknown(
    'a volume of the podSpec below the folder of the configuration',
    withPod(
      { volumeMounts: [{ name: 'v', mountPath: '/etc/litellm/config.yaml' }] },
      { volumes: [{ name: 'v', emptyDir: {} }] },
    ),
    'a volume of spec.podSpec at /etc/litellm',
  ),
  unknown(
    'a variable that names another configuration',
    withEnv({ name: 'CONFIG_FILE_PATH', value: '/mine.yaml' }),
    'the variable CONFIG_FILE_PATH',
  ),
  unknown('an included file', withConfig('include: [more.yaml]'), `${AT}include`),
  unknown(
    'a secret manager',
    withConfig('general_settings: {key_management_system: aws_secret_manager}'),
    `${AT}general_settings.key_management_system`,
  ),
];

/** ModelAPIs whose fields look like those above, but cannot hold a key. */
export const KNOWN_KEYS = [
  { what: 'envFrom with another prefix', spec: withPod({ envFrom: [{ prefix: 'AZURE_', secretRef: { name: 's' } }] }) },
  {
    what: 'envFrom of a sidecar',
    spec: {
      podSpec: {
        containers: [{ name: 'model-api' }, { name: 'x', image: 'x', envFrom: [{ secretRef: { name: 's' } }] }],
      },
    },
  },
  {
    what: 'the same configuration in the arguments',
    spec: { container: { args: ['--config', '/etc/litellm/config.yaml', '--port', '8000', '--detailed_debug'] } },
  },
  { what: "LiteLLM's own program", spec: { container: { command: ['/app/bin/litellm'], args: ['--port', '8000'] } } },
  { what: 'a variable of another name', spec: withEnv({ name: 'LITELLM_SALT_KEY', value: 'x' }) },
];

export const modelApiWith = (spec: object) => modelApi({ proxyConfig: { models: ['*'] }, ...spec });
