import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCommand } from '../webhooks/command/command.ts';
import { commandInput } from './support/command-input.ts';
import { fakeKubectl } from './support/fake-kubectl.ts';
import { AGENT } from './support/rendering.ts';

const LABELS = { 'app.kubernetes.io/name': 'agent-gateway-hooks', 'app.kubernetes.io/instance': 'hooks' };
const RELEASE = {
  configmaps: [
    {
      metadata: { name: 'hooks', namespace: 'platform', labels: LABELS },
      data: { SYSTEM_NAMESPACE: 'platform', GATEWAY_API_ENABLED: 'true', GATEWAY_HOSTNAMES: 'agents.example.com' },
    },
    {
      metadata: { name: 'hooks-access-rules', namespace: 'platform', labels: LABELS },
      data: { 'access-rules.yaml': 'rules: [{match: {labels: {tier: closed}}, deny: true}]' },
    },
  ],
  'decoratorcontrollers.v1alpha1.metacontroller.k8s.io': [
    {
      metadata: { name: 'kaos-routes', labels: LABELS },
      spec: { hooks: { sync: { webhook: { url: 'http://hooks.platform.svc/kaos-routes/sync?build=1' } } } },
    },
  ],
};
const CLOSED = { ...AGENT, metadata: { ...AGENT.metadata, labels: { tier: 'closed' } } };
const OTHER = { ...AGENT, metadata: { ...AGENT.metadata, name: 'other' } };
const AGENTS = 'agents.v1alpha1.kaos.tools';
const IN_CLUSTER = [
  { ...CLOSED, metadata: { ...CLOSED.metadata, uid: 'u1' } },
  { ...OTHER, metadata: { ...OTHER.metadata, uid: 'u2' } },
];

describe('the verb diff against a cluster', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'diff-cluster-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const write = (name: string, content: object) => {
    writeFileSync(path.join(folder, name), JSON.stringify(content));
    return path.join(folder, name);
  };
  const diff = (answers: Parameters<typeof fakeKubectl>[0], ...args: readonly string[]) =>
    runCommand(commandInput(['diff', '--no-objects', ...args], { kubectl: fakeKubectl(answers) }));
  const cluster = { ...RELEASE, [AGENTS]: IN_CLUSTER };

  it('says what the paths would change, and that other objects stay', () => {
    const same = write('same.json', CLOSED);
    expect(diff(cluster, '--against-cluster', same)).toEqual({
      code: 0,
      stdout: 'no difference; resources: 2, addresses: 1, objects: 1\n',
      stderr: '',
    });
    const open = write('open.json', AGENT);
    expect(diff(cluster, '--against-cluster', open).stdout).toBe(`addresses: 1 new
objects: 1 new

+ new: Agent.kaos.tools n/a at Gateway kaos-system/kaos-gateway
    agents.example.com/n/agent/a
    callers: everybody
`);
  });

  it('is also --cluster, as in other verbs', () => {
    const open = write('open.json', AGENT);
    expect(diff(cluster, '--cluster', open)).toEqual(diff(cluster, '--against-cluster', open));
  });

  it('says what values would change in the release', () => {
    const values = write('values.json', {
      gatewayAPI: { enabled: true, hostnames: ['agents.example.com'] },
      kaosRoutes: { enabled: true },
      accessRules: { default: 'deny' },
    });
    const same = write('same.json', CLOSED);
    const { stdout } = diff(cluster, '--against-cluster', '-f', values, '--system-namespace', 'platform', same);
    expect(stdout).toContain('- gone: Agent.kaos.tools n/other at Gateway kaos-system/kaos-gateway\n');
    expect(stdout).toContain('    why: AccessDenied\n');
  });

  it('says that there is no release', () => {
    const { stderr } = diff({ [AGENTS]: IN_CLUSTER }, '--against-cluster', write('same.json', CLOSED));
    expect(stderr).toMatch(/^note: the cluster: has no release of the chart/);
  });

  it('is refused with 2 if the cluster cannot be read', () => {
    const same = write('same.json', CLOSED);
    expect(diff({ configmaps: 'connection refused' }, '--against-cluster', same)).toEqual({
      code: 2,
      stdout: '',
      stderr: 'error: the cluster cannot be read: connection refused\n',
    });
    expect(diff({ ...RELEASE, [AGENTS]: 'forbidden' }, '--against-cluster', same)).toMatchObject({
      code: 2,
      stderr: 'error: the cluster: agents cannot be read, so answers may be wrong: forbidden\n',
    });
  });
});
