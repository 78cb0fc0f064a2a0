import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { healthyCluster, RECORDING, type RecordedCluster } from '../doctor/recorded-cluster.ts';
import { readDocument } from '../support/documents.ts';
import { KUBECTL_NEED } from '../support/kubectl.ts';
import { needing } from '../support/needing.ts';
import { type DoctorCluster, isWell, PATIENCE, startDoctorCluster } from './support/doctor-cluster.ts';

/** The commands of the page that let a user list what doctor looks at, and nothing else. */
const [, ROLE = ''] = /```text\n(kubectl create clusterrole [^`]*)```/.exec(readDocument('docs/doctor.md')) ?? [];

interface Breakage {
  readonly name: string;
  /** What somebody does in a shell. */
  readonly commands: readonly string[];
  /** The finding that comes first. */
  readonly object: string;
  readonly seen: RegExp;
  /** When doctor looks, because it does not count what has just begun. */
  readonly minutesLater?: number;
}

const patched = (target: string, patch: object) =>
  `kubectl patch ${target} --type=json --patch='${JSON.stringify([patch])}'`;
const OPERATOR = 'agent-gateway-krakend-operator-controller-manager';
const KAOS_OPERATOR = 'kaos-operator-controller-manager';

const BREAKAGES: readonly Breakage[] = [
  {
    name: 'a controller is deleted',
    commands: ['kubectl delete decoratorcontrollers.metacontroller.k8s.io kaos-routes'],
    object: 'DecoratorController kaos-routes',
    seen: /it does not exist/,
  },
  {
    name: 'a hook leads elsewhere',
    commands: [
      patched('decoratorcontrollers.metacontroller.k8s.io agent-gateway', {
        op: 'replace',
        path: '/spec/hooks/sync/webhook/url',
        value: 'http://hooks.elsewhere.svc/agent-gateway/sync',
      }),
    ],
    object: 'DecoratorController agent-gateway',
    seen: /webhook.url is http:\/\/hooks.elsewhere.svc/,
  },
  {
    name: 'the hooks are scaled to nothing',
    commands: ['kubectl scale deployment agent-gateway-hooks --namespace kaos-system --replicas=0'],
    object: 'Deployment kaos-system/agent-gateway-hooks',
    seen: /spec.replicas is 0/,
  },
  {
    name: 'the Deployment is deleted',
    commands: ['kubectl delete deployment agent-gateway-hooks --namespace kaos-system'],
    object: 'Deployment kaos-system/agent-gateway-hooks',
    seen: /it does not exist/,
  },
  {
    name: 'the image cannot be pulled',
    commands: [
      'kubectl set image deployment/agent-gateway-hooks hooks=elsewhere.example.com/hooks:1 --namespace kaos-system',
    ],
    object: 'Pod kaos-system/agent-gateway-hooks',
    seen: /ImagePullBackOff: no program on this machine/,
  },
  {
    name: 'the Service is deleted',
    commands: ['kubectl delete service agent-gateway-hooks --namespace kaos-system'],
    object: 'Service kaos-system/agent-gateway-hooks',
    seen: /it does not exist/,
  },
  {
    name: 'the Service selects nothing',
    commands: ['kubectl set selector service agent-gateway-hooks app=old --namespace kaos-system'],
    object: 'Service kaos-system/agent-gateway-hooks',
    seen: /spec.selector has app=old/,
  },
  {
    name: 'a setting is changed past helm',
    commands: [
      patched('configmap agent-gateway-hooks --namespace kaos-system', {
        op: 'replace',
        path: '/data/LOG_LEVEL',
        value: 'loud',
      }),
    ],
    object: 'ConfigMap kaos-system/agent-gateway-hooks',
    seen: /LOG_LEVEL: "loud" is not valid; expected/,
  },
  {
    name: 'the settings are deleted',
    commands: ['kubectl delete configmap agent-gateway-hooks --namespace kaos-system'],
    object: 'ConfigMap kaos-system/agent-gateway-hooks',
    seen: /it does not exist/,
  },
  {
    name: "Metacontroller's role is not bound",
    commands: ['kubectl delete clusterrolebinding agent-gateway-hooks-metacontroller'],
    object: 'rights of system:serviceaccount:metacontroller:metacontroller',
    seen: /it may not get, list, watch of compositecontrollers.metacontroller.k8s.io/,
  },
  {
    name: "a rule is taken out of Metacontroller's role",
    commands: [patched('clusterrole agent-gateway-hooks-metacontroller', { op: 'remove', path: '/rules/3' })],
    object: 'rights of system:serviceaccount:metacontroller:metacontroller',
    seen: /it may not get, list, watch of agents.kaos.tools, modelapis.kaos.tools/,
  },
  {
    name: 'the class of AgentGateways is deleted',
    commands: ['kubectl delete agentgatewayclasses.runtime.agentic-layer.ai krakend'],
    object: 'AgentGatewayClass of runtime.agentic-layer.ai/agent-gateway-krakend-controller',
    seen: /the cluster has no AgentGatewayClass/,
  },
  {
    name: 'an AgentGateway names a class that does not exist',
    commands: [
      patched('agentgateways.runtime.agentic-layer.ai public --namespace team', {
        op: 'add',
        path: '/spec/agentGatewayClassName',
        value: 'kraken',
      }),
    ],
    object: 'AgentGateway team/public',
    seen: /its class kraken does not exist/,
  },
  {
    name: 'the Gateway is deleted',
    commands: ['kubectl delete gateways.gateway.networking.k8s.io kaos-gateway --namespace kaos-system'],
    object: 'Gateway kaos-system/kaos-gateway',
    seen: /the cluster has no Gateway/,
  },
  {
    name: 'the Gateway accepts routes of its own namespace alone',
    commands: [
      patched('gateways.gateway.networking.k8s.io kaos-gateway --namespace kaos-system', {
        op: 'replace',
        path: '/spec/listeners/0/allowedRoutes/namespaces/from',
        value: 'Same',
      }),
    ],
    object: 'Gateway kaos-system/kaos-gateway',
    seen: /from is Same, which leaves out team/,
  },
  {
    name: 'the Go operator of AgentGateways still runs',
    commands: [
      'kubectl create namespace go-operators',
      `kubectl create deployment ${OPERATOR} --image=example.com/operator:1 --namespace go-operators`,
    ],
    object: `Deployment go-operators/${OPERATOR}`,
    seen: /spec.replicas is 1, while a controller of this release makes AgentGateways too/,
  },
  {
    name: 'the KAOS operator makes routes too',
    commands: [
      `kubectl create deployment ${KAOS_OPERATOR} --image=example.com/operator:1 --namespace go-operators`,
      `kubectl set env deployment/${KAOS_OPERATOR} GATEWAY_API_ENABLED=true --namespace go-operators`,
    ],
    object: `Deployment go-operators/${KAOS_OPERATOR}`,
    seen: /GATEWAY_API_ENABLED is true/,
  },
  {
    name: 'a resource waits for the finalizer of an operator that is gone',
    commands: [
      `kubectl delete deployment ${KAOS_OPERATOR} --namespace go-operators`,
      patched('agents.kaos.tools lead --namespace team', {
        op: 'add',
        path: '/metadata/finalizers',
        value: ['kaos.tools/agent-finalizer'],
      }),
      'kubectl delete agents.kaos.tools lead --namespace team --wait=false',
    ],
    object: 'Agent team/lead',
    seen: /has been deleted for 10 min, and waits for kaos.tools\/agent-finalizer/,
    minutesLater: 10,
  },
  {
    name: 'a CRD is deleted',
    commands: ['kubectl delete customresourcedefinitions.apiextensions.k8s.io modelapis.kaos.tools'],
    object: 'CustomResourceDefinition modelapis.kaos.tools',
    seen: /the API server does not have the kind/,
  },
];

needing(KUBECTL_NEED).describe('doctor', { timeout: 240_000 }, () => {
  let cluster: DoctorCluster;
  const said: string[] = [];

  beforeAll(async () => {
    cluster = await startDoctorCluster((line) => said.push(line));
  }, 300_000);
  afterAll(() => cluster?.stop());

  it('finds nothing wrong in a cluster in which all is well', async () => {
    const { code, stdout } = await cluster.doctor();
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('0 errors') });
  });

  it('is what the tests without a cluster recorded', () => {
    const live = cluster.recorded();
    if (process.env['RECORD']) {
      writeFileSync(RECORDING, `${JSON.stringify(live, null, 2)}\n`);
    }
    expect(namesIn(live)).toEqual(namesIn(healthyCluster()));
  });

  it('looks at everything for a user with the role of the page', async () => {
    await cluster.run(ROLE.replace('--user=USER', '--user=ann'));
    expect(await cluster.reportTo('ann')).toMatchObject({ code: 0, notLookedAt: [] });
  });

  it('takes nothing for missing that a user may not list', async () => {
    const { code, findings, notLookedAt } = await cluster.reportTo('bob');
    expect([code, findings]).toEqual([1, []]);
    expect(notLookedAt[0]?.why).toContain('User "bob" cannot get resource "customresourcedefinitions"');
  });

  it.each(BREAKAGES)('$name: the printed command mends it', async ({ commands, object, seen, minutesLater }) => {
    for (const command of commands) {
      await cluster.run(command);
    }
    const [first] = await vi.waitFor(async () => {
      const { code, findings } = await cluster.report(minutesLater);
      expect(code).toBe(1);
      expect(findings[0]).toMatchObject({ object: expect.stringContaining(object), seen: expect.stringMatching(seen) });
      return findings;
    }, PATIENCE);
    for (const command of first?.mend ?? []) {
      await cluster.run(command.replace('REGISTRY', 'registry.example.com'));
    }
    await isWell(cluster);
  });

  it('prints the flags that Metacontroller should have, and the command sets them', async () => {
    const args = { op: 'replace', path: '/spec/template/spec/containers/0/args', value: ['--workers=5'] };
    await cluster.run(patched('statefulset metacontroller --namespace metacontroller', args));
    const ofEngine = async () => {
      const { findings } = await cluster.report();
      return findings.filter(({ object }) => object === 'StatefulSet metacontroller/metacontroller');
    };
    const [found] = await ofEngine();
    expect(found).toMatchObject({ severity: 'warning', seen: expect.stringContaining('--workers=5') });
    await cluster.run(found?.mend[0] ?? '');
    expect(await ofEngine()).toEqual([]);
  });
});

/** The kinds and names of all objects. Names of pods end with texts that differ each time. */
function namesIn({ looks }: RecordedCluster) {
  return Object.entries(looks).map(([look, objects]) => [
    look,
    objects.map(({ metadata: { namespace, name } }) => `${namespace}/${name.replace(/-[0-9a-f]{8,10}-\w{5}$/, '')}`),
  ]);
}
