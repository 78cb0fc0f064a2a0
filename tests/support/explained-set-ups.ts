import { stringify } from 'yaml';
import { agent, CLASS, gateway, JWT, kaosAgent, MODEL, REFUSED_ROUTE } from './explained-documents.ts';

const rules = (...items: readonly object[]) => ({ 'rules.yaml': stringify({ rules: items }) });
const BY_RULES = ['--access-rules-file', 'rules.yaml'];

/** A set-up in which something is not as its user wants it. */
interface BrokenSetUp {
  readonly title: string;
  readonly documents: readonly object[];
  /** Files besides that of the documents. */
  readonly files?: Readonly<Record<string, string>>;
  readonly args: readonly string[];
  /** What is said of it: the cause, and what to change. */
  readonly says: readonly string[];
}

export const BROKEN_SET_UPS: readonly BrokenSetUp[] = [
  {
    title: '1: an Agent of KAOS that is not exposed',
    documents: [MODEL, kaosAgent({ agentNetwork: { expose: false } })],
    args: ['agent/team/lead'],
    says: [
      'is not reachable.',
      'why it is not exposed, by spec.agentNetwork.expose: false (team.yaml:21:5)',
      'to change set spec.agentNetwork.expose to true, or remove it',
    ],
  },
  {
    title: '2: an Agent of the agent runtime without spec.exposed',
    documents: [CLASS, gateway(), agent({ spec: { exposed: undefined } })],
    args: ['agents/news'],
    says: ['why it is not exposed, because spec.exposed is not set', 'to change set spec.exposed to true'],
  },
  {
    title: '3: no AgentGateway',
    documents: [CLASS, agent()],
    args: ['news'],
    says: ['why there is no AgentGateway among the documents that could serve it', 'to change make an AgentGateway'],
  },
  {
    title: '4: no class',
    documents: [gateway({ agentGatewayClassName: undefined }), agent()],
    args: ['news'],
    says: [
      'why AgentGateway agents/public is not made: spec.agentGatewayClassName: is not set, and no AgentGatewayClass is the default',
      'to change correct spec.agentGatewayClassName, or make the class',
    ],
  },
  {
    title: '5: the class of another controller',
    documents: [{ ...CLASS, spec: { controller: 'example.com/other' } }, gateway(), agent()],
    args: ['agentgateway/agents/public'],
    says: [
      'why AgentGateway agents/public is not made by this service, as its class is for another controller, by spec.agentGatewayClassName: krakend (team.yaml:14:3)',
      'class krakend, for example.com/other',
      'to change let AgentGateway agents/public name an AgentGatewayClass whose spec.controller is runtime.agentic-layer.ai/agent-gateway-krakend-controller',
    ],
  },
  {
    title: '6: a misspelt class',
    documents: [CLASS, gateway({ agentGatewayClassName: 'kraknd' }), agent()],
    args: ['agentgateway/agents/public'],
    says: [
      'there is no AgentGatewayClass "kraknd"; did you mean "krakend"?',
      'class kraknd, which is not among the documents',
      'to change correct spec.agentGatewayClassName',
    ],
  },
  {
    title: '7: a class whose controller is misspelt',
    documents: [
      { ...CLASS, spec: { controller: 'runtime.agentic-layer.ai/agent-gateway-krakend-controler' } },
      gateway(),
      agent(),
    ],
    args: ['news'],
    says: [
      'AgentGatewayClass "krakend": spec.controller: "runtime.agentic-layer.ai/agent-gateway-krakend-controler" is not this controller; did you mean',
      'to change correct spec.controller of the AgentGatewayClass',
    ],
  },
  {
    title: '8: a model that the ModelAPI does not list',
    documents: [MODEL, kaosAgent({ model: 'mistral/x' })],
    args: ['lead'],
    says: [
      'reachable, by everybody; but something is wrong.',
      'wrong spec.model: model "mistral/x" not supported by ModelAPI "llm" (supported: [openai/*]) (ModelNotSupported) (team.yaml:19:3)',
    ],
  },
  {
    title: '9: an unknown ModelAPI',
    documents: [MODEL, kaosAgent({ modelAPI: 'lm' })],
    args: ['lead'],
    says: [
      'wrong ModelAPI lm not found; did you mean "llm"? (RefNotFound) (team.yaml:18:13)',
      'needs ModelAPI team/lm, which is not among the documents, by spec.modelAPI (team.yaml:18:3)',
    ],
  },
  {
    title: '10: a peer of another namespace',
    documents: [
      MODEL,
      kaosAgent({ agentNetwork: { access: ['helper'] } }),
      kaosAgent({}, { name: 'helper', namespace: 'shared' }),
    ],
    args: ['lead'],
    says: [
      'wrong peer Agent helper not found (RefNotFound)',
      'spec.agentNetwork.access[0]: Agent shared/helper is in another namespace; expected one of the namespace team',
    ],
  },
  {
    title: '11: labels that the selector does not select',
    documents: [CLASS, gateway(), agent({ metadata: { labels: { tier: 'internal' } } })],
    args: ['news', '--agent-gateway-agent-selector', '{"matchLabels":{"tier":"public"}}'],
    says: [
      'why no gateway serves it, as its labels are not selected, by --agent-gateway-agent-selector {"matchLabels":{"tier":"public"}}',
      'to change give it labels that {"matchLabels":{"tier":"public"}} selects; it has tier=internal',
    ],
  },
  {
    title: '12: a rule that denies',
    documents: [MODEL, kaosAgent()],
    files: rules({ match: { kinds: ['ModelAPI'] }, allow: true }, { match: { names: ['lea*'] }, deny: true }),
    args: ['lead', ...BY_RULES],
    says: [
      'why nobody may call it, by rules[1] of the access rules (rules.yaml:6:5)',
      'to change put a rule before that one which lets callers in, or change it',
    ],
  },
  {
    title: '13: from, which KrakenD cannot enforce',
    documents: [CLASS, gateway(), agent()],
    files: rules({ match: { kinds: ['AgentGateway'] }, allow: true }, { from: { namespaces: ['web'] } }),
    args: ['news', ...BY_RULES],
    says: [
      'why nobody may call it: rules[1] of the access rules: from: KrakenD cannot enforce who connects to an Agent behind it, and the rule has no jwt; add a jwt, or put the from into the rule of the AgentGateway (rules.yaml:6:5)',
    ],
  },
  {
    title: '14: two audiences, which KrakenD cannot check',
    documents: [CLASS, gateway(), agent()],
    files: rules({ match: { kinds: ['Agent'] }, jwt: { ...JWT, audiences: ['one', 'two'] } }),
    args: ['news', ...BY_RULES],
    says: [
      'why nobody may call it: rules[0] of the access rules: jwt.audiences: KrakenD would demand all 2 audiences of one token, not any of them; expected one audience (rules.yaml:2:5)',
    ],
  },
  {
    title: '15: a token, and no dialect of policies',
    documents: [MODEL, kaosAgent()],
    files: rules({ jwt: JWT }),
    args: ['lead', ...BY_RULES],
    says: [
      'what rules[0] of the access rules asks for cannot be met: ACCESS_DIALECT is none; expected the name of the gateway that serves the route, envoy-gateway or agentgateway (rules.yaml:2:5)',
    ],
  },
  {
    title: '16: a timeout that is not valid',
    documents: [MODEL, kaosAgent({ gatewayRoute: { timeout: '100000s' } })],
    args: ['lead'],
    says: [
      'wrong spec.gatewayRoute.timeout: "100000s" is not valid, so 120s is used; expected up to four parts',
      '(InvalidTimeout) (team.yaml:21:5)',
      'timeout 120s, by default (GATEWAY_DEFAULT_AGENT_TIMEOUT)',
    ],
  },
  {
    title: '17: a name that is too long',
    documents: [MODEL, kaosAgent({}, { name: 'l'.repeat(60) })],
    args: ['l'.repeat(60)],
    says: [
      'why metadata.name: the Service name',
      'has 66 characters; expected at most 63',
      'to change make it again under a shorter name without dots',
    ],
  },
  {
    title: '18: no status.url',
    documents: [CLASS, gateway(), agent({ status: {} })],
    args: ['news'],
    says: [
      'why AgentGateway agents/public leaves it out: it has no status.url yet',
      'to change wait until the agent runtime operator has written status.url',
    ],
  },
  {
    title: '19: a status.url that cannot be used',
    documents: [CLASS, gateway(), agent({ status: { url: 'http://news:7/' } })],
    args: ['news'],
    says: [
      'leaves it out: the port in status.url must be from 10 to 65535, by status.url: http://news:7/ (team.yaml:29:3)',
      'to change let the agent runtime operator write an address that can be used',
    ],
  },
  {
    title: '20: a host name that two gateways have',
    documents: [
      CLASS,
      gateway({}, { annotations: { 'agent-gateway-hooks/hostnames': 'agents.example.com' } }),
      gateway({}, { name: 'second', annotations: { 'agent-gateway-hooks/hostnames': 'agents.example.com' } }),
    ],
    args: ['agentgateway/agents/public'],
    says: [
      'reachable, by everybody; but something is wrong.',
      'makes a route for PathPrefix agents.example.com/ at Gateway kaos-system/kaos-gateway, as AgentGateway agents/second in team.yaml, document 3 does; remove the host name from one of them (PathClash) (team.yaml:14:5)',
    ],
  },
  {
    title: '21: a misspelt annotation',
    documents: [CLASS, gateway({}, { annotations: { 'agent-gateway-hooks/hostname': 'agents.example.com' } })],
    args: ['agentgateway/agents/public'],
    says: [
      'reachable inside the cluster only, by everybody; but something is wrong.',
      'metadata.annotations.agent-gateway-hooks/hostname: is not an annotation of agent-gateway-hooks, so it has no effect; did you mean agent-gateway-hooks/hostnames? (UnknownAnnotation) (team.yaml:14:5)',
      'to reach it from outside the cluster: give AgentGateway agents/public the annotation agent-gateway-hooks/hostnames',
    ],
  },
  {
    title: '22: no Gateway API',
    documents: [MODEL, kaosAgent()],
    files: { 'values.yaml': 'gatewayAPI:\n  enabled: false\n' },
    args: ['lead', '--values', 'values.yaml'],
    says: [
      'why routes are turned off, by gatewayAPI.enabled: false (values.yaml:2:3)',
      'to change set gatewayAPI.enabled to true, with gatewayAPI.gatewayName and gatewayAPI.gatewayNamespace',
    ],
  },
  {
    title: '23: a controller that is off',
    documents: [MODEL, kaosAgent()],
    files: { 'values.yaml': 'gatewayAPI:\n  enabled: true\nkaosRoutes:\n  enabled: false\n' },
    args: ['lead', '--values', 'values.yaml'],
    says: [
      'why the controller kaos-routes is off, so no Agent has an address, by kaosRoutes.enabled: false (values.yaml:4:3)',
      'to change set kaosRoutes.enabled to true in the values of the chart',
    ],
  },
  {
    title: '24: a configuration without room',
    documents: [
      CLASS,
      gateway(),
      ...Array.from({ length: 60 }, (_, i) => agent({ metadata: { name: `news-${i}` } })),
      agent({ metadata: { name: 'zeta' } }),
    ],
    args: ['zeta', '--agent-gateway-config-limit-kib', '24', '--agent-gateway-settings-limit-kib', '0'],
    says: [
      'leaves it out: the configuration is full: its namespace has used its share of --agent-gateway-config-limit-kib=24',
      'to change raise --agent-gateway-config-limit-kib, or select fewer agents',
    ],
  },
  {
    title: '25: a route that the Gateway refuses',
    documents: [MODEL, kaosAgent({}, { uid: 'u1' }), REFUSED_ROUTE],
    args: ['lead'],
    says: [
      'why Gateway kaos-system/kaos-gateway does not send its calls: NotAllowedByListeners: no listener allows the namespace',
      'to change let a listener of the Gateway allow routes of the namespace, by its allowedRoutes',
      'makes HTTPRoute agent-lead, by kaos-routes: Accepted is False: NotAllowedByListeners',
    ],
  },
  {
    title: '26: a misspelt field',
    documents: [MODEL, kaosAgent({ agentNetwrk: { expose: false } })],
    args: ['lead'],
    says: [
      'wrong spec.agentNetwrk: is not a field, so it has no effect; did you mean spec.agentNetwork, such as {"expose":true}? (InvalidField) (team.yaml:20:3)',
    ],
  },
  {
    title: '27: an AgentGateway with the name of an Agent',
    documents: [CLASS, gateway({}, { name: 'news' }), agent()],
    args: ['agents/news', '--kind', 'Agent'],
    says: [
      'why AgentGateway agents/news is not made: Agent agents/news has a Deployment and a Service of the same name; rename the gateway',
    ],
  },
  {
    title: '28: a rule that denies the AgentGateway',
    documents: [CLASS, gateway(), agent()],
    files: rules({ match: { kinds: ['AgentGateway'] }, deny: true }),
    args: ['news', ...BY_RULES],
    says: ['why nobody may call it, by rules[0] of the access rules (rules.yaml:2:5)'],
  },
  {
    title: '29: guardrails',
    documents: [CLASS, gateway({ guardrails: [{ name: 'pii' }] }), agent()],
    args: ['news', '--agent-gateway-guardrails', 'refuse'],
    says: [
      'why AgentGateway agents/public is not made: spec.guardrails: guardrails are not supported by this gateway, by spec.guardrails of AgentGateway agents/public (team.yaml:15:3)',
      'to change remove spec.guardrails, or set --agent-gateway-guardrails to warn',
    ],
  },
  {
    title: '30: a host name that is not valid',
    documents: [CLASS, gateway({}, { annotations: { 'agent-gateway-hooks/hostnames': 'Agents.Example' } })],
    args: ['agentgateway/agents/public'],
    says: [
      'wrong metadata.annotations.agent-gateway-hooks/hostnames: "Agents.Example" is not valid and left out; expected DNS names in lower case',
      '(team.yaml:14:5)',
    ],
  },
];
