import { DNS_LABEL } from '../../controllers/kubernetes/values/names.ts';
import { KRAKEND_LOG_LEVELS } from '../../controllers/settings.ts';
import { Type } from '../../controllers/typebox.ts';
import { cpu, memory } from './variable-forms.ts';

/** The variables of AgentGateways. */
export const agentGatewayVariables = {
  AGENT_GATEWAY_CLASS_CONTROLLER: Type.String({
    default: 'runtime.agentic-layer.ai/agent-gateway-krakend-controller',
    pattern: '^[^\\s]{1,253}$',
    allowed: 'up to 253 characters without spaces',
    description:
      'The spec.controller of the AgentGatewayClasses whose gateways this service makes. Each of several releases needs one of its own.',
  }),
  AGENT_GATEWAY_IMAGE: Type.String({
    default: 'ghcr.io/agentic-layer/agent-gateway-krakend:0.6.3',
    pattern: '^[^\\s]+$',
    allowed: 'an image name',
    description: 'KrakenD image of the gateways.',
  }),
  AGENT_GATEWAY_GUARDRAILS: Type.Union([Type.Literal('warn'), Type.Literal('refuse')], {
    default: 'warn',
    description:
      'What happens to a gateway with guardrails, which KrakenD does not support: warn serves it with a warning, refuse refuses it.',
  }),
  AGENT_GATEWAY_LOG_LEVEL: Type.Union(
    KRAKEND_LOG_LEVELS.map((level) => Type.Literal(level)),
    {
      default: 'INFO',
      description:
        'Log level of the gateways. At DEBUG their logs contain the bodies of all calls: prompts and answers.',
    },
  ),
  AGENT_GATEWAY_SHORT_PATH_NAMESPACES: Type.String({
    default: '*',
    pattern: `^(\\*|(${DNS_LABEL}(,${DNS_LABEL})*)?)$`,
    allowed: '* for all namespaces, nothing for none, or namespaces, separated by commas',
    description:
      'Namespaces whose agents also get the short path `/<name>`, if no other exposed agent of these namespaces has the name.',
  }),
  AGENT_GATEWAY_AGENT_SELECTOR: Type.String({
    default: '{}',
    allowed: 'a label selector in YAML or JSON, such as {"matchLabels":{"gateway":"public"}}',
    description:
      'Labels of the Agents that gateways serve, and to which routes may lead straight. Metacontroller sends no others to the hooks of gateways. {} means all Agents.',
  }),
  AGENT_GATEWAY_CONFIG_LIMIT_KIB: Type.Integer({
    default: 900,
    minimum: 1,
    maximum: 1000,
    description:
      'Largest krakend.json of a gateway, in KiB. If the agents need more, they go into settings files. A ConfigMap holds 1024; under dynamic apply use 180.',
  }),
  AGENT_GATEWAY_SETTINGS_LIMIT_KIB: Type.Integer({
    default: 4096,
    minimum: 0,
    maximum: 16_384,
    description:
      'Most that the agents of a gateway may take in settings files, in KiB: some 100 bytes an agent. If they need more, namespaces share it fairly and the rest are left out. At 0 there are no settings files, and AGENT_GATEWAY_CONFIG_LIMIT_KIB is the limit.',
  }),
  AGENT_GATEWAY_PRE_STOP_SECONDS: Type.Integer({
    default: 5,
    minimum: 0,
    maximum: 300,
    description: 'How long a gateway pod keeps serving after its termination starts, in seconds.',
  }),
  AGENT_GATEWAY_REQUESTS_CPU: Type.String({
    ...cpu,
    default: '100m',
    description: 'Default CPU request of a gateway pod.',
  }),
  AGENT_GATEWAY_REQUESTS_MEMORY: Type.String({
    ...memory,
    default: '32Mi',
    description: 'Default memory request of a gateway pod.',
  }),
  AGENT_GATEWAY_LIMITS_CPU: Type.String({
    ...cpu,
    default: '500m',
    description: 'Default CPU limit of a gateway pod.',
  }),
  AGENT_GATEWAY_LIMITS_MEMORY: Type.String({
    ...memory,
    default: '128Mi',
    description: 'Default memory limit of a gateway pod. With many agents the pod gets more.',
  }),
  AGENT_GATEWAY_POD_SPEC: Type.String({
    default: '{}',
    allowed: 'a partial PodSpec in YAML or JSON, such as {"nodeSelector":{"pool":"edge"}}',
    description: 'What is merged over the pods of all gateways. Owners change parts of it by annotation.',
  }),
};
