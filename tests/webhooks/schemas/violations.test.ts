import { describe, expect, it } from 'vitest';
import { checkDocument } from '../../../webhooks/schemas/check-document.ts';
import { agent, exposed, gateway, KAOS, metadata, model, server } from '../../support/kind-documents.ts';

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
    ['a list in place of an object', agent({ podSpec: [] }), ['spec.podSpec: is an empty list; expected an object']],
    [
      'an empty list',
      model({ mode: 'Proxy', proxyConfig: { models: [] } }),
      ['spec.proxyConfig.models: is an empty list; expected a list of at least 1, such as ["openai/*"]'],
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
