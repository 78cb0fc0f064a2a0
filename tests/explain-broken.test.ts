import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { explainFiles, unwrapped } from './support/explaining.ts';

const RUNTIME = 'runtime.agentic-layer.ai/v1alpha1';
const yaml = (documents: readonly object[]) => documents.map((document) => stringify(document)).join('---\n');

const MODEL = {
  apiVersion: 'kaos.tools/v1alpha1',
  kind: 'ModelAPI',
  metadata: { name: 'llm', namespace: 'team' },
  spec: { mode: 'Proxy', proxyConfig: { models: ['openai/*'] } },
};
const kaosAgent = (spec: object = {}, metadata: object = {}) => ({
  apiVersion: 'kaos.tools/v1alpha1',
  kind: 'Agent',
  metadata: { name: 'lead', namespace: 'team', ...metadata },
  spec: { modelAPI: 'llm', model: 'openai/x', ...spec },
});
const CLASS = {
  apiVersion: RUNTIME,
  kind: 'AgentGatewayClass',
  metadata: { name: 'krakend' },
  spec: { controller: 'runtime.agentic-layer.ai/agent-gateway-krakend-controller' },
};
const gateway = (spec: object = {}, metadata: object = {}) => ({
  apiVersion: RUNTIME,
  kind: 'AgentGateway',
  metadata: { name: 'public', namespace: 'agents', ...metadata },
  spec: { agentGatewayClassName: 'krakend', ...spec },
});
const agent = (given: { readonly spec?: object; readonly metadata?: object; readonly status?: object } = {}) => ({
  apiVersion: RUNTIME,
  kind: 'Agent',
  metadata: { name: 'news', namespace: 'agents', ...given.metadata },
  spec: { exposed: true, framework: 'custom', image: 'example/news:1', protocols: [{ type: 'A2A', port: 8000 }], ...given.spec },
  status: given.status ?? { url: 'http://news.agents.svc.cluster.local:8000/.well-known/agent-card.json' },
});
const JWT = { issuer: 'https://login.example.com/', jwksUri: 'https://login.example.com/jwks.json', audiences: ['agents'] };
const rules = (...items: readonly object[]) => ({ 'rules.yaml': stringify({ rules: items }) });
const BY_RULES = ['--access-rules-file', 'rules.yaml'];

interface Case {
  readonly title: string;
  readonly documents: readonly object[];
  /** Files besides that of the documents. */
  readonly files?: Readonly<Record<string, string>>;
  readonly args: readonly string[];
  /** What is said of it: the cause, and what to change. */
  readonly says: readonly string[];
}

const CASES: readonly Case[] = [
  {
    title: '1: an Agent of KAOS that is not exposed',
    documents: [MODEL, kaosAgent({ agentNetwork: { expose: false } })],
    args: ['agent/team/lead'],
    says: [],
  },
  {
    title: '2: an Agent of the agent runtime without spec.exposed',
    documents: [CLASS, gateway(), agent({ spec: { exposed: undefined } })],
    args: ['agents/news'],
    says: [],
  },
  { title: '3: no AgentGateway', documents: [CLASS, agent()], args: ['news'], says: [] },
  {
    title: '4: no class',
    documents: [gateway({ agentGatewayClassName: undefined }), agent()],
    args: ['news'],
    says: [],
  },
  {
    title: '5: the class of another controller',
    documents: [{ ...CLASS, spec: { controller: 'example.com/other' } }, gateway(), agent()],
    args: ['agentgateway/agents/public'],
    says: [],
  },
  {
    title: '6: a misspelt class',
    documents: [CLASS, gateway({ agentGatewayClassName: 'kraknd' }), agent()],
    args: ['agentgateway/agents/public'],
    says: [],
  },
  {
    title: '7: a class whose controller is misspelt',
    documents: [
      { ...CLASS, spec: { controller: 'runtime.agentic-layer.ai/agent-gateway-krakend-controler' } },
      gateway(),
      agent(),
    ],
    args: ['news'],
    says: [],
  },
  {
    title: '8: a model that the ModelAPI does not list',
    documents: [MODEL, kaosAgent({ model: 'mistral/x' })],
    args: ['lead'],
    says: [],
  },
  { title: '9: an unknown ModelAPI', documents: [MODEL, kaosAgent({ modelAPI: 'lm' })], args: ['lead'], says: [] },
  {
    title: '10: a peer of another namespace',
    documents: [
      MODEL,
      kaosAgent({ agentNetwork: { access: ['helper'] } }),
      kaosAgent({}, { name: 'helper', namespace: 'shared' }),
    ],
    args: ['lead'],
    says: [],
  },
  {
    title: '11: labels that the selector does not select',
    documents: [CLASS, gateway(), agent({ metadata: { labels: { tier: 'internal' } } })],
    args: ['news', '--agent-gateway-agent-selector', '{"matchLabels":{"tier":"public"}}'],
    says: [],
  },
  {
    title: '12: a rule that denies',
    documents: [MODEL, kaosAgent()],
    files: rules({ match: { kinds: ['ModelAPI'] }, allow: true }, { match: { names: ['lea*'] }, deny: true }),
    args: ['lead', ...BY_RULES],
    says: [],
  },
  {
    title: '13: from, which KrakenD cannot enforce',
    documents: [CLASS, gateway(), agent()],
    files: rules({ match: { kinds: ['AgentGateway'] }, allow: true }, { from: { namespaces: ['web'] } }),
    args: ['news', ...BY_RULES],
    says: [],
  },
  {
    title: '14: two audiences, which KrakenD cannot check',
    documents: [CLASS, gateway(), agent()],
    files: rules({ match: { kinds: ['Agent'] }, jwt: { ...JWT, audiences: ['one', 'two'] } }),
    args: ['news', ...BY_RULES],
    says: [],
  },
  {
    title: '15: a token, and no dialect of policies',
    documents: [MODEL, kaosAgent()],
    files: rules({ jwt: JWT }),
    args: ['lead', ...BY_RULES],
    says: [],
  },
  {
    title: '16: a timeout that is not valid',
    documents: [MODEL, kaosAgent({ gatewayRoute: { timeout: '100000s' } })],
    args: ['lead'],
    says: [],
  },
  {
    title: '17: a name that is too long',
    documents: [MODEL, kaosAgent({}, { name: 'l'.repeat(60) })],
    args: ['l'.repeat(60)],
    says: [],
  },
  { title: '18: no status.url', documents: [CLASS, gateway(), agent({ status: {} })], args: ['news'], says: [] },
  {
    title: '19: a status.url that cannot be used',
    documents: [CLASS, gateway(), agent({ status: { url: 'http://news:7/' } })],
    args: ['news'],
    says: [],
  },
  {
    title: '20: a host name that two gateways have',
    documents: [
      CLASS,
      gateway({}, { annotations: { 'agent-gateway-hooks/hostnames': 'agents.example.com' } }),
      gateway({}, { name: 'second', annotations: { 'agent-gateway-hooks/hostnames': 'agents.example.com' } }),
    ],
    args: ['agentgateway/agents/public'],
    says: [],
  },
  {
    title: '21: a misspelt annotation',
    documents: [CLASS, gateway({}, { annotations: { 'agent-gateway-hooks/hostname': 'agents.example.com' } })],
    args: ['agentgateway/agents/public'],
    says: [],
  },
  {
    title: '22: no Gateway API',
    documents: [MODEL, kaosAgent()],
    files: { 'values.yaml': 'gatewayAPI:\n  enabled: false\n' },
    args: ['lead', '--values', 'values.yaml'],
    says: [],
  },
  {
    title: '23: a controller that is off',
    documents: [MODEL, kaosAgent()],
    files: { 'values.yaml': 'gatewayAPI:\n  enabled: true\nkaosRoutes:\n  enabled: false\n' },
    args: ['lead', '--values', 'values.yaml'],
    says: [],
  },
  {
    title: '24: a configuration without room',
    documents: [CLASS, gateway(), ...Array.from({ length: 60 }, (_, i) => agent({ metadata: { name: `news-${i}` } })), agent({ metadata: { name: 'zeta' } })],
    args: ['zeta', '--agent-gateway-config-limit-kib', '24', '--agent-gateway-settings-limit-kib', '0'],
    says: [],
  },
  {
    title: '25: a route that the Gateway refuses',
    documents: [MODEL, kaosAgent({}, { uid: 'u1' })],
    args: ['lead'],
    says: [],
  },
  {
    title: '26: a misspelt field',
    documents: [MODEL, kaosAgent({ agentNetwrk: { expose: false } })],
    args: ['lead'],
    says: [],
  },
  {
    title: '27: an AgentGateway with the name of an Agent',
    documents: [CLASS, gateway({}, { name: 'news' }), agent()],
    args: ['agents/news', '--kind', 'Agent'],
    says: [],
  },
  {
    title: '28: a rule that denies the AgentGateway',
    documents: [CLASS, gateway(), agent()],
    files: rules({ match: { kinds: ['AgentGateway'] }, deny: true }),
    args: ['news', ...BY_RULES],
    says: [],
  },
  {
    title: '29: guardrails',
    documents: [CLASS, gateway({ guardrails: [{ name: 'pii' }] }), agent()],
    args: ['news', '--agent-gateway-guardrails', 'refuse'],
    says: [],
  },
  {
    title: '30: a host name that is not valid',
    documents: [CLASS, gateway({}, { annotations: { 'agent-gateway-hooks/hostnames': 'Agents.Example' } })],
    args: ['agentgateway/agents/public'],
    says: [],
  },
];

describe('explain names the cause of', () => {
  it.each(CASES)('$title', ({ documents, files = {}, args, says }) => {
    const all = { 'team.yaml': yaml(documents), ...files };
    const { code, stdout, stderr } = explainFiles(all, [...args, 'team.yaml']);
    console.log(stdout, stderr);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const line of says) {
      expect(unwrapped(stdout)).toContain(line);
    }
  });
});
