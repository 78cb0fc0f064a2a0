/** The fields of LiteLLM's configuration that users write most, from LiteLLM 1.106. It has more, so a name that is not here can be right. */

export const SECTION_FIELDS = [
  ...['model_list', 'litellm_settings', 'general_settings', 'router_settings', 'environment_variables', 'include'],
  ...[
    'callback_settings',
    'credential_list',
    'guardrails',
    'mcp_servers',
    'mcp_tools',
    'agents',
    'agent_list',
    'prompts',
  ],
  ...['policies', 'policy_attachments', 'search_tools', 'vector_store_registry', 'assistant_settings'],
  ...['files_settings', 'finetune_settings', 'default_vertex_config', 'sandbox_tools', 'worker_registry'],
];

export const ENTRY_FIELDS = ['model_name', 'litellm_params', 'model_info'];

export const PARAMS_FIELDS = [
  ...[
    'model',
    'api_key',
    'api_base',
    'api_version',
    'base_model',
    'custom_llm_provider',
    'organization',
    'region_name',
  ],
  ...['rpm', 'tpm', 'timeout', 'stream_timeout', 'max_retries', 'weight', 'drop_params', 'extra_headers'],
  ...['vertex_project', 'vertex_location', 'vertex_credentials', 'vertex_ai_project', 'vertex_ai_location'],
  ...['vertex_ai_credentials', 'aws_access_key_id', 'aws_secret_access_key'],
  ...[
    'aws_region_name',
    'tenant_id',
    'client_id',
    'client_secret',
    'temperature',
    'max_tokens',
    'top_p',
    'top_k',
    'seed',
  ],
  ...[
    'input_cost_per_token',
    'output_cost_per_token',
    'litellm_credential_name',
    'azure_ad_token',
    'base_url',
    'n',
    'stop',
  ],
];

/** Settings with the names of functions that LiteLLM calls for each call. */
export const CALLBACKS = ['callbacks', 'success_callback', 'failure_callback'];
