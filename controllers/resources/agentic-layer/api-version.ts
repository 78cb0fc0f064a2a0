/** API group and version of the agent runtime: https://github.com/agentic-layer/agent-runtime-operator */
export const AGENTIC_LAYER_API_VERSION = 'runtime.agentic-layer.ai/v1alpha1';
