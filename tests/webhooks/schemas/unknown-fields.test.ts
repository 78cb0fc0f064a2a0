import { describe, expect, it } from 'vitest';
import { checkDocument } from '../../../webhooks/schemas/check-document.ts';
import { agent, exposed, gateway, metadata, server } from '../../support/kind-documents.ts';

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
