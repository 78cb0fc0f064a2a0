import { stripVTControlCharacters } from 'node:util';
import { expect, it } from 'vitest';
import { runCommand } from '../../webhooks/command/command.ts';
import { commandInput, terminalOf } from '../support/command-input.ts';
import { healthyCluster, kubectlOf, type RecordedCluster } from './recorded-cluster.ts';
import { one } from './set-ups.ts';
import { doctor, findings, printed } from './support.ts';

const NOT_ALLOWED =
  'Error from server (Forbidden): clusterroles.rbac.authorization.k8s.io is forbidden: User "ann" cannot list resource "clusterroles"';

function changed(change: (cluster: RecordedCluster) => void): RecordedCluster {
  const cluster = healthyCluster();
  change(cluster);
  return cluster;
}

const withoutController = () =>
  changed(({ looks }) => {
    looks.decorators = looks.decorators?.filter(({ metadata }) => metadata.name !== 'kaos-routes') ?? [];
  });

const onTerminal = (cluster: RecordedCluster, width?: number, ...flags: readonly string[]) =>
  runCommand(
    commandInput(['doctor', ...flags], {
      kubectl: kubectlOf(cluster),
      now: () => cluster.now,
      terminal: terminalOf(width),
    }),
  ).stdout;

it('says of each check in words whether it is well, and of each finding what to do', () => {
  const { stdout } = doctor(withoutController(), '--context', 'my cluster');
  expect(stdout).toContain('\nok       the API server\n');
  expect(stdout).toContain('\nmissing  controllers and hooks\n');
  expect(stdout).toContain(`
1. missing: DecoratorController kaos-routes
   seen:     it does not exist, and the settings of the release turn it on
   expected: the object by which Metacontroller knows which hook to call
   mend:
      helm upgrade agent-gateway-hooks chart --namespace kaos-system \\
        --reset-then-reuse-values '--kube-context=my cluster'
   page:     docs/install.md#more-features-in-an-existing-release

1 error, 0 warnings.
`);
});

it.each([80, 60, 200])('fits a terminal with %i columns', (width) => {
  const plain = stripVTControlCharacters(onTerminal(withoutController(), width));
  const words = (line: string) => line.trim().split(/ +/).length;
  expect(plain.split('\n').filter((line) => line.length > Math.min(width, 80) && words(line) > 2)).toEqual([]);
});

it('has colours on a terminal alone', () => {
  expect(onTerminal(withoutController(), 80)).toContain('\u001b[31mmissing');
  expect(doctor(withoutController()).stdout).not.toContain('\u001b');
});

it('names a kind that the user may not list, and makes the other checks', () => {
  const cluster = changed((healthy) => {
    healthy.failures = { clusterRoles: NOT_ALLOWED };
  });
  const { checks, notLookedAt } = printed(cluster);
  expect(notLookedAt).toEqual([{ resource: 'clusterroles.rbac.authorization.k8s.io', why: NOT_ALLOWED }]);
  expect(checks.filter(({ verdict }) => verdict !== 'ok')).toEqual([
    { title: "Metacontroller's rights", verdict: 'unknown', findings: [] },
  ]);
  expect(doctor(cluster).stdout).toContain('not looked at: clusterroles.rbac.authorization.k8s.io');
  expect(doctor(cluster).stdout).toContain('0 errors, 0 warnings, 1 check not made.');
  expect(doctor(cluster).code).toBe(1);
});

it('takes nothing for missing if the user may list nothing', () => {
  const cluster = changed((healthy) => {
    healthy.failures = Object.fromEntries(Object.keys(healthy.looks).map((name) => [name, NOT_ALLOWED]));
  });
  expect(findings(cluster)).toEqual([]);
  expect(doctor(cluster).code).toBe(1);
});

it('asks which of several releases it should look at', () => {
  const cluster = changed(({ looks }) => {
    const second = structuredClone(looks.services?.[0]);
    second.metadata.labels['app.kubernetes.io/instance'] = 'second';
    looks.services?.push(second);
  });
  expect(doctor(cluster)).toEqual({
    code: 1,
    stdout: '',
    stderr:
      'error: the cluster has 2 releases of the chart: kaos-system/agent-gateway-hooks, kaos-system/second; name one with --release\n',
  });
  expect(doctor(cluster, '--release', 'kaos-system/agent-gateway-hooks').code).toBe(0);
  expect(doctor(cluster, '--release', 'kaos-system/secnd').stderr).toContain(
    '--release: "kaos-system/secnd" was not found',
  );
});

it('prints no escape codes of a cluster, and keeps a hostile name one argument', () => {
  const cluster = changed((healthy) => {
    const message = '\u001b[2J\u202ewords; rm -rf /';
    one(healthy, 'agentGateways').spec.agentGatewayClassName = `$(reboot)\u001b[31m'`;
    one(healthy, 'agentGatewayClasses').metadata.name = "a'; reboot #";
    one(healthy, 'routes', 'agent-lead').status.parents[0].conditions = [
      { type: 'Accepted', status: 'False', reason: 'Bad', message },
    ];
  });
  const { stdout } = doctor(cluster);
  expect(['\u001b', '\u202e'].filter((character) => stdout.includes(character))).toEqual([]);
  expect(stdout).toContain(`'--patch={"spec":{"agentGatewayClassName":"a'\\''; reboot #"}}'`);
});

it.each([null, [], 'text', { items: [null, 1, {}] }, { items: [{ metadata: null, spec: [], status: 7 }] }])(
  'reads whatever kubectl prints: %j',
  (answer) => {
    const kubectl = () => ({ outcome: 'answered', stdout: JSON.stringify(answer) }) as const;
    const { code, stderr } = runCommand(commandInput(['doctor'], { kubectl }));
    expect([code, stderr]).toEqual([1, '']);
  },
);

it('says the same of 5,000 agents once, and does not take a minute', () => {
  const cluster = changed((healthy) => {
    const [agent] = healthy.looks.kaosAgents ?? [];
    const route = one(healthy, 'routes', 'agent-lead');
    route.status.parents[0].conditions = [
      { type: 'Accepted', status: 'False', reason: 'NotAllowedByListeners', message: '' },
    ];
    const numbers = Array.from({ length: 5000 }, (_, index) => index);
    const copies = (object: typeof agent, prefix: string) =>
      numbers.map((number) => {
        const copy = structuredClone(object);
        Object.assign(copy.metadata, { name: `${prefix}${number}`, uid: `uid-${number}` });
        for (const owner of copy.metadata.ownerReferences ?? []) {
          owner.uid = `uid-${number}`;
        }
        return copy;
      });
    healthy.looks.kaosAgents = copies(agent, 'a');
    healthy.looks.routes = copies(route, 'agent-a');
    healthy.now = '2027-01-01T00:00:00Z';
  });
  const before = performance.now();
  const found = findings(cluster).filter(({ object }) => object.startsWith('HTTPRoute'));
  expect(performance.now() - before).toBeLessThan(30_000);
  expect(found.map(({ object, look }) => [object, look.length])).toEqual([
    ['HTTPRoute team/agent-a0 and 4999 more', 1],
  ]);
});
