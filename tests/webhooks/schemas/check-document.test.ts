import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkDocument } from '../../../webhooks/schemas/check-document.ts';
import { crdKinds, schemaOf } from '../../../webhooks/schemas/kind-schemas.ts';
import { pruned, validator } from '../../support/crds.ts';
import { assertReaching } from '../../support/reaching.ts';
import { spoiltDocuments } from '../../support/spoilt-documents.ts';

const KAOS = 'kaos.tools/v1alpha1';
const AGENTIC = 'runtime.agentic-layer.ai/v1alpha1';
const metadata = { name: 'a', namespace: 'n' };

const agent = (spec: object) => ({
  apiVersion: KAOS,
  kind: 'Agent',
  metadata,
  spec: { modelAPI: 'm', model: 'm', ...spec },
});
const server = (spec: object) => ({
  apiVersion: KAOS,
  kind: 'MCPServer',
  metadata,
  spec: { runtime: 'custom', ...spec },
});
const model = (spec: object) => ({ apiVersion: KAOS, kind: 'ModelAPI', metadata, spec });
const gateway = (spec: object) => ({ apiVersion: AGENTIC, kind: 'AgentGateway', metadata, spec });
const exposed = (spec: object) => ({ apiVersion: AGENTIC, kind: 'Agent', metadata, spec });

const NOT_A_FIELD = 'is not a field, so it has no effect';

describe('an unknown field is named, with the field that was meant:', () => {
  it.each<[string, object, readonly string[]]>([
    [
      'a misspelt one, with an example',
      agent({ agentNetwrk: { expose: false } }),
      [`spec.agentNetwrk: ${NOT_A_FIELD}; did you mean spec.agentNetwork, such as {"expose":true}?`],
    ],
    [
      'one in another case',
      agent({ gatewayRoute: { timeOut: '5m' } }),
      [`spec.gatewayRoute.timeOut: ${NOT_A_FIELD}; did you mean spec.gatewayRoute.timeout, such as "300s"?`],
    ],
    [
      'one without its last letter',
      gateway({ replica: 2 }),
      [`spec.replica: ${NOT_A_FIELD}; did you mean spec.replicas, such as 1?`],
    ],
    [
      'one at the wrong place',
      agent({ timeout: '300s' }),
      [`spec.timeout: ${NOT_A_FIELD}; did you mean spec.gatewayRoute.timeout, such as "300s"?`],
    ],
    [
      'one outside the spec',
      { ...agent({}), gatewayRoute: { timeout: '300s' } },
      [`gatewayRoute: ${NOT_A_FIELD}; did you mean spec.gatewayRoute, such as {"timeout":"300s"}?`],
    ],
    [
      'one in a list',
      gateway({
        env: [
          { name: 'A', value: 'b' },
          { name: 'C', valeFrom: {} },
        ],
      }),
      [
        `spec.env[1].valeFrom: ${NOT_A_FIELD}; did you mean spec.env[1].valueFrom, such as {"configMapKeyRef":{"key":"my-key"}}?`,
      ],
    ],
    [
      'one in an object of a list',
      exposed({ protocols: [{ type: 'A2A', prot: 80 }] }),
      [`spec.protocols[0].prot: ${NOT_A_FIELD}; did you mean spec.protocols[0].port, such as 8000?`],
    ],
    [
      'one of the metadata',
      { ...agent({}), metadata: { ...metadata, label: { a: 'b' } } },
      [`metadata.label: ${NOT_A_FIELD}; did you mean metadata.labels, such as {"team":"a"}?`],
    ],
    [
      'one of the status',
      { ...gateway({}), status: { condition: [] } },
      [`status.condition: ${NOT_A_FIELD}; did you mean status.conditions?`],
    ],
    [
      'all that a PodSpec or its containers have (F14a)',
      server({
        container: {
          image: 'ghcr.io/example/tools:1',
          envFrom: [{ secretRef: { name: 'creds' } }],
          ports: [{ containerPort: 3000 }],
          imagePullPolicy: 'Always',
        },
        imagePullSecrets: [{ name: 'regcred' }],
      }),
      [
        `spec.container.envFrom: ${NOT_A_FIELD}; did you mean spec.podSpec.containers[].envFrom?`,
        `spec.container.imagePullPolicy: ${NOT_A_FIELD}; did you mean spec.podSpec.containers[].imagePullPolicy?`,
        `spec.container.ports: ${NOT_A_FIELD}; did you mean spec.podSpec.containers[].ports?`,
        `spec.imagePullSecrets: ${NOT_A_FIELD}; did you mean spec.podSpec.imagePullSecrets?`,
      ],
    ],
    [
      'what runs more pods',
      server({ replicas: 3 }),
      [
        `spec.replicas: ${NOT_A_FIELD}; scale the Deployment with kubectl scale or an autoscaler: its replicas are never written`,
      ],
    ],
    [
      'the resources of a gateway',
      gateway({ resources: { limits: { memory: '1Gi' } } }),
      [
        `spec.resources: ${NOT_A_FIELD}; set the annotations agent-gateway-hooks/requests-cpu, agent-gateway-hooks/requests-memory, agent-gateway-hooks/limits-cpu, agent-gateway-hooks/limits-memory`,
      ],
    ],
    [
      'one that is like no other, with all fields that there are',
      gateway({ zzz: 1 }),
      [
        `spec.zzz: ${NOT_A_FIELD}; the fields of spec are agentGatewayClassName, replicas, timeout, env, envFrom, commonMetadata, podMetadata, guardrails`,
      ],
    ],
    ['one that is null', agent({ agentNetwrk: null }), [expect.stringContaining('did you mean spec.agentNetwork')]],
    [
      'one that every JavaScript object has',
      agent({ constructor: 1, toString: 2 }),
      [
        expect.stringContaining(`spec.constructor: ${NOT_A_FIELD}`),
        expect.stringContaining(`spec.toString: ${NOT_A_FIELD}`),
      ],
    ],
  ])('%s', (_what, document, faults) => {
    expect(checkDocument(document as never).faults).toEqual(faults);
  });

  it('and dropped, but not a field whose path has the same text', () => {
    const expose = { agentNetwork: { expose: false } };
    const { object } = checkDocument(agent({ ...expose, 'agentNetwork.expose': true }));
    expect(object).toEqual(agent(expose));
  });
});

describe('a value that the API server refuses is named, with what is expected and an example:', () => {
  it.each<[string, object, readonly string[]]>([
    [
      'a pattern',
      agent({ gatewayRoute: { timeout: '5min' } }),
      [
        'spec.gatewayRoute.timeout: "5min" is not valid; expected text that matches ^([0-9]+(h|m|s|ms)){1,4}$, such as "300s"',
      ],
    ],
    [
      'a choice in another case',
      model({ mode: 'proxy' }),
      ['spec.mode: "proxy" is not valid; expected one of "Proxy", "Hosted"; did you mean "Proxy"?'],
    ],
    [
      'a choice like no other',
      model({ mode: 'x' }),
      ['spec.mode: "x" is not valid; expected one of "Proxy", "Hosted"'],
    ],
    [
      'the only choice',
      exposed({ protocols: [{ type: 'MCP' }] }),
      ['spec.protocols[0].type: "MCP" is not valid; expected "A2A"'],
    ],
    [
      'a text in place of a number',
      gateway({ replicas: '3' }),
      ['spec.replicas: "3" is not valid; expected a whole number from 1, such as 1'],
    ],
    [
      'a number below the least',
      gateway({ replicas: 0 }),
      ['spec.replicas: 0 is not valid; expected a whole number from 1, such as 1'],
    ],
    [
      'a fraction',
      gateway({ replicas: 1.5 }),
      ['spec.replicas: 1.5 is not valid; expected a whole number from 1, such as 1'],
    ],
    [
      'a number beyond the greatest',
      exposed({ protocols: [{ type: 'A2A', port: 70_000 }] }),
      ['spec.protocols[0].port: 70000 is not valid; expected a whole number from 1 to 65535, such as 8000'],
    ],
    [
      'a text in place of true or false',
      agent({ agentNetwork: { expose: 'false' } }),
      ['spec.agentNetwork.expose: "false" is not valid; expected true or false, such as true'],
    ],
    [
      'an object in place of a list',
      agent({ mcpServers: { a: 'b' } }),
      ['spec.mcpServers: is an object; expected a list, such as ["my-tools"]'],
    ],
    ['a list in place of an object', agent({ podSpec: [] }), ['spec.podSpec: is a list; expected an object']],
    [
      'an empty list',
      model({ mode: 'Proxy', proxyConfig: { models: [] } }),
      ['spec.proxyConfig.models: is a list; expected a list of at least 1, such as ["openai/*"]'],
    ],
    [
      'a null in a list',
      agent({ mcpServers: [null] }),
      ['spec.mcpServers[0]: is null; expected text, such as "my-tools"'],
    ],
    [
      'an amount in a map',
      server({ container: { resources: { limits: { cpu: 'lots', memory: true } } } }),
      [
        expect.stringMatching(
          /^spec\.container\.resources\.limits\.cpu: "lots" is not valid; .*, such as "500m" \(An amount/,
        ),
        expect.stringMatching(
          /^spec\.container\.resources\.limits\.memory: is true or false; expected a whole number or text/,
        ),
      ],
    ],
    [
      'a bare number as a label or an annotation',
      { ...agent({}), metadata: { ...metadata, annotations: { 'agent-gateway-hooks/limits-cpu': 2 } } },
      ['metadata.annotations.agent-gateway-hooks/limits-cpu: is a number; expected text; put the value in quotes'],
    ],
    [
      'required fields that are missing, each with its meaning',
      { apiVersion: KAOS, kind: 'Agent', metadata: {}, spec: { model: 'm' } },
      [
        'metadata.name: is required; expected text of at least 1 character, such as "my-name" (Name of the object.)',
        'spec.modelAPI: is required; expected text, such as "my-models" (Name of the ModelAPI, in the same namespace.)',
      ],
    ],
    [
      'a fraction in place of an amount',
      server({ container: { resources: { limits: { cpu: 0.5 } } } }),
      [
        'spec.container.resources.limits.cpu: is a number; expected a whole number or text, such as "500m" (An amount, such as 500m or 64Mi.); put the value in quotes',
      ],
    ],
    [
      'metadata',
      { apiVersion: KAOS, kind: 'Agent', metadata: null, spec: 'x' },
      [
        'metadata: is required; expected an object, such as {"name":"my-name"}',
        'spec: is a text; expected an object, such as {"modelAPI":"my-models","model":"openai/gpt-4o"}',
      ],
    ],
    [
      'a URL',
      exposed({ subAgents: [{ name: 'b', url: 'not a url' }] }),
      [
        expect.stringMatching(
          /^spec\.subAgents\[0\]\.url: "not a url" is not valid; expected text that is a URL, such as "https/,
        ),
      ],
    ],
    [
      'two conditions of one type',
      {
        ...gateway({}),
        status: {
          conditions: [0, 1].map(() => ({
            type: 'Ready',
            status: 'True',
            reason: 'A',
            message: '',
            lastTransitionTime: '2026-01-01T00:00:00Z',
          })),
        },
      },
      [
        expect.stringContaining(
          'status.conditions[1]: repeats an earlier item; expected a list in which no two items have the same type',
        ),
      ],
    ],
  ])('%s', (_what, document, faults) => {
    expect(checkDocument(document as never)).toEqual({ object: undefined, faults });
  });

  it('all of them, and unknown fields too, in the order of their paths', () => {
    const document = agent({
      mcpServers: 'a',
      agentNetwrk: {},
      config: { memory: { type: 'redis', contextLimit: 0 } },
      gatewayRoute: { timeout: 5 },
    });
    expect(checkDocument(document).faults.map((fault) => fault.split(':')[0])).toEqual([
      'spec.agentNetwrk',
      'spec.config.memory.contextLimit',
      'spec.config.memory.type',
      'spec.gatewayRoute.timeout',
      'spec.mcpServers',
    ]);
  });

  it('without a value that may be a secret', () => {
    const secret = 's3cret';
    const { faults } = checkDocument(
      model({
        mode: 'Proxy',
        proxyConfig: { models: ['a'], apiKey: secret },
        container: { env: [{ name: 'A', value: 31337 }], resources: secret },
      }),
    );
    expect(faults).toHaveLength(3);
    expect(faults.join()).not.toMatch(/s3cret|31337/);
  });
});

describe('nothing is said about', () => {
  it.each<[string, object]>([
    [
      'fields that the CRD keeps without a schema',
      agent({ podSpec: { aFieldToCome: [{ at: 1 }], containers: [{ nmae: 'x' }] } }),
    ],
    ['fields of volumes of any type', exposed({ volumes: [{ name: 'a', aTypeToCome: { x: 1 } }] })],
    ['keys of maps', gateway({ podMetadata: { labels: { 'any/key': 'x' }, annotations: { other: 'y' } } })],
    ['an amount as a number or a text', server({ container: { resources: { limits: { cpu: 1, memory: '1Gi' } } } })],
    [
      'null fields, which the API server drops',
      agent({ mcpServers: null, agentNetwork: { expose: null }, config: null }),
    ],
    ['a kind that is not of our CRDs', { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { a: 'b' }, zzz: 1 }],
  ])('%s', (_what, document) => {
    expect(checkDocument(document as never).faults).toEqual([]);
  });
});

describe.each(crdKinds)('for any $kind of $apiVersion', (kind) => {
  const { spec: schema = {} } = schemaOf(kind)?.properties ?? {};

  it('there is a fault exactly if the CRD refuses it, wherever it is', () => {
    const isAccepted = validator(schema);
    assertReaching({ floor: 40 }, (tell) =>
      fc.property(spoiltDocuments(kind), (document) => {
        const isRefused = isAccepted(document.spec).length > 0 || pruned(schema, document.spec).length > 0;
        expect(checkDocument(document).faults.length > 0).toBe(isRefused);
        tell(isRefused);
      }),
    );
  });
});
