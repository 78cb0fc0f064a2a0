/** A configuration of LiteLLM, and what the status says if LiteLLM ends with it. */
export type TriedConfig = readonly [text: string, fault?: string];

const model = (entry: string) => `model_list: [${entry}]`;
const PARAMS = 'litellm_params: {model: openai/x}';
const named = (name: string) => model(`{model_name: ${name}, ${PARAMS}}`);
const withParams = (params: string) => model(`{model_name: a, litellm_params: ${params}}`);

const NAME = 'model_list[0].model_name';
const PARAMS_PATH = 'model_list[0].litellm_params';
const noText = (name: string, kind: string): TriedConfig => [
  named(name),
  `${NAME}: ${name} is ${kind} without quotes; expected text such as "gpt-4o"`,
];

/**
 * Configurations that the service and LiteLLM 1.106 both take, or both refuse. `tests/cluster/litellm-configs.test.ts` asks the
 * real LiteLLM. The first model of each is for `models: ["*"]`.
 */
export const TRIED_CONFIGS: readonly TriedConfig[] = [
  ...['general_settings: {}', 'model_list:', 'model_list: []', '{}', 'litellm_settings:', 'nothing_known: 1'].map(
    (text) => [text] as const,
  ),
  ...["'5'", '"1.5"', '1e3', 'y', '1.2.3', '08', '!!str 5', 'gpt-4o', "''", '2024-1-1', '-'.repeat(3)].map(
    (name) => [named(name)] as const,
  ),
  noText('5', 'a number'),
  noText('1.50', 'a number'),
  noText('1_000', 'a number'),
  noText('0x1F', 'a number'),
  noText('.5', 'a number'),
  noText('12:30', 'a number'),
  noText('-.inf', 'a number'),
  noText('1.5e+3', 'a number'),
  noText('true', 'a truth value'),
  noText('off', 'a truth value'),
  noText('Yes', 'a truth value'),
  noText('2024-01-01', 'a date'),
  noText('2024-01-01 10:00:00', 'a date'),
  [named("!!int '5'"), `${NAME}: 5 is a number without quotes; expected text such as "gpt-4o"`],
  [named(''), `${NAME}: is empty; expected text such as "gpt-4o"`],
  [named('[a]'), `${NAME}: is a list; expected text such as "gpt-4o"`],
  [named('{a: b}'), `${NAME}: is a map; expected text such as "gpt-4o"`],
  [model(`{${PARAMS}}`), `${NAME}: is missing; expected text such as "gpt-4o"`],
  [
    model(`{Model-Name: a, ${PARAMS}}`),
    `${NAME}: is missing; expected text such as "gpt-4o"; rename "Model-Name" to model_name`,
  ],
  [
    model('{model_name: a, litellm-params: {model: openai/x}}'),
    `${PARAMS_PATH}: is missing; expected a map such as {model: openai/gpt-4o}; rename "litellm-params" to litellm_params`,
  ],
  [
    model('{model_name: a, litelm_params: {model: openai/x}}'),
    `${PARAMS_PATH}: is missing; expected a map such as {model: openai/gpt-4o}; rename "litelm_params" to litellm_params`,
  ],
  [model('{model_name: a}'), `${PARAMS_PATH}: is missing; expected a map such as {model: openai/gpt-4o}`],
  [withParams(''), `${PARAMS_PATH}: is empty; expected a map such as {model: openai/gpt-4o}`],
  [withParams('foo'), `${PARAMS_PATH}: is text; expected a map such as {model: openai/gpt-4o}`],
  [withParams('[model]'), `${PARAMS_PATH}: is a list; expected a map such as {model: openai/gpt-4o}`],
  [withParams('7'), `${PARAMS_PATH}: is a number; expected a map such as {model: openai/gpt-4o}`],
  [withParams('{}'), `${PARAMS_PATH}.model: is missing; expected text such as "openai/gpt-4o"`],
  [withParams('{model: }'), `${PARAMS_PATH}.model: is empty; expected text such as "openai/gpt-4o"`],
  [
    withParams('{model: 5}'),
    `${PARAMS_PATH}.model: 5 is a number without quotes; expected text such as "openai/gpt-4o"`,
  ],
  [withParams('{model: [x]}'), `${PARAMS_PATH}.model: is a list; expected text such as "openai/gpt-4o"`],
  [
    withParams('{modle: openai/x}'),
    `${PARAMS_PATH}.model: is missing; expected text such as "openai/gpt-4o"; rename "modle" to model`,
  ],
  [model(`{model_name: a, ${PARAMS}, model_info: {id: 5}}`)],
  [model(`{model_name: a, ${PARAMS}, more: y}`)],
  [model(`{model_name: a, ${PARAMS}, model_info: }`), 'model_list[0].model_info: is empty; expected a map'],
  [model(`{model_name: a, ${PARAMS}, model_info: x}`), 'model_list[0].model_info: is text; expected a map'],
  [model('null'), 'model_list[0]: is empty; expected a map with model_name and litellm_params'],
  [model('foo'), 'model_list[0]: is text; expected a map with model_name and litellm_params'],
  [model('[a]'), 'model_list[0]: is a list; expected a map with model_name and litellm_params'],
  ['model_list: {a: b}', 'model_list: is a map; expected a list of models'],
  ['model_list: foo', 'model_list: is text; expected a list of models'],
  ['model_list: 5', 'model_list: is a number; expected a list of models'],
  ['general_settings: []', 'general_settings: is a list; expected a map'],
  ['general_settings: foo', 'general_settings: is text; expected a map'],
  ['general_settings: {master_key: 5}', 'general_settings.master_key: is a number; expected text'],
  ['general_settings: {master_key: [a]}', 'general_settings.master_key: is a list; expected text'],
  ['general_settings: {database_url: 5}', 'general_settings.database_url: is a number; expected text'],
  ['litellm_settings: []'],
  ['litellm_settings: foo', 'litellm_settings: is text; expected a map'],
  ['litellm_settings: {callbacks: []}'],
  ['litellm_settings: {success_callback: [otel]}'],
  [
    'litellm_settings: {success_callback: }',
    'litellm_settings.success_callback: is empty; expected a list of names such as ["otel"]',
  ],
  [
    'litellm_settings: {failure_callback: [5]}',
    'litellm_settings.failure_callback: is a list; expected a list of names such as ["otel"]',
  ],
  [
    'litellm_settings: {callbacks: otel}',
    'litellm_settings.callbacks: is text; expected a list of names such as ["otel"]',
  ],
  ['router_settings: {num_retries: 2}'],
  [
    'router_settings: {health_check_interval: 5}',
    'router_settings.health_check_interval: is a number; expected this setting in general_settings, where LiteLLM reads it',
  ],
  ['environment_variables: {A: 5}'],
  ['environment_variables: [a]', 'environment_variables: is a list; expected a map'],
  ['include: []'],
  ['include: other.yaml', 'include: is text; expected a list of file names'],
  ['include:', 'include: is empty; expected a list of file names'],
  ['guardrails: []'],
  ['guardrails: [a]', 'guardrails: is a list; expected a list of maps'],
  ['mcp_servers: foo', 'mcp_servers: is text; expected a map'],
  ['files_settings: {a: b}', 'files_settings: is a map; expected a list'],
  ['credential_list: foo', 'credential_list: is text; expected a list of maps'],
];
