import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { readDocument } from '../support/documents.ts';
import type { Manifest } from '../support/helm.ts';
import { KUBECTL_NEED } from '../support/kubectl.ts';
import { needing } from '../support/needing.ts';
import { runNode } from '../support/run.ts';
import { upstreamNeed } from '../support/upstream.ts';
import { mustApply } from './support/api.ts';
import { type ControlPlane, kubeconfigOf, startControlPlane } from './support/control-plane.ts';
import { gatewayApiStandard, install, metacontroller } from './support/crds.ts';
import { helm } from './support/helm-release.ts';
import { asUser } from './support/service-account.ts';

const METACONTROLLER = metacontroller();
const TEAM: readonly Manifest[] = parseAllDocuments(readDocument('examples/kaos-routes/team.yaml')).map((document) =>
  document.toJS(),
);
const VALUES = `
kaosCRDs: {enabled: true}
gatewayAPI: {enabled: true, hostnames: [agents.example.com], gatewayClassName: envoy-gateway}
gateway: {defaultTimeouts: {modelAPI: 77s}}
accessRules: {rules: [{match: {kinds: [MCPServer]}, deny: true}]}
`;

needing(KUBECTL_NEED, upstreamNeed(METACONTROLLER.length > 0)).describe('verbs with --cluster', () => {
  let cluster: ControlPlane;
  let folder: string;
  const run = (...args: readonly string[]) =>
    runNode(['webhooks/command/main.ts', ...args, '--kubeconfig', cluster.kubeconfig], { env: { HOME: folder } });

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'command-'));
    cluster = await startControlPlane();
    await install(cluster.api, [...METACONTROLLER, ...gatewayApiStandard()]);
    writeFileSync(path.join(folder, 'values.yaml'), VALUES);
    const namespaces = ['kaos-system', 'metacontroller', 'research'];
    await mustApply(
      cluster.api,
      namespaces.map((name) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } })),
    );
    await helm(cluster, 'install', 'hooks', 'chart', '-n', 'kaos-system', '-f', path.join(folder, 'values.yaml'));
    await mustApply(cluster.api, TEAM);
  }, 180_000);
  afterAll(async () => {
    rmSync(folder, { recursive: true });
    await cluster?.stop();
  });

  it('print what the release makes of the resources', async () => {
    const { code, stdout, stderr } = await run('render', '--cluster', '--output', 'table');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.replaceAll(/ +/g, ' ')).toBe(
      [
        'RESOURCE ADDRESS BACKEND TIMEOUT ACCESS',
        'Agent research/helper none (NotExposed)',
        'Agent research/lead agents.example.com/research/agent/lead agent-lead:8000 120s open',
        'MCPServer research/calc none (AccessDenied) denied',
        'ModelAPI research/llm agents.example.com/research/modelapi/llm modelapi-llm:8000 77s open',
        '',
      ].join('\n'),
    );
  });

  it('apply files to it, and check the result', async () => {
    const file = path.join(folder, 'change.yaml');
    writeFileSync(file, JSON.stringify({ ...TEAM[2], spec: { modelAPI: 'lm', model: 'openai/gpt-4o' } }));
    const { code, stdout } = await run('check', '--cluster', file);
    expect({ code, stdout }).toEqual({
      code: 1,
      stdout: `${file}:1:123: error: Agent research/helper: ModelAPI lm not found; did you mean "llm"? (RefNotFound)\n5 objects: 1 error, 0 warnings\n`,
    });
  });

  it('draw who calls what', async () => {
    const { code, stdout, stderr } = await run('graph', '--cluster');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const box of [
      'Gateway kaos-system/kaos-gateway<br/>open agents.example.com',
      'Agent research/helper<br/>– not exposed',
      'MCPServer research/calc<br/>– denied',
      'ModelAPI research/llm<br/>open /research/modelapi/llm',
    ]) {
      expect(stdout).toContain(`"${box}"`);
    }
    expect(stdout).toMatch(/agent_lead_\w+ -\.->\|"✗ is not exposed"\| agent_helper_\w+\n/);
  });

  it('explain a resource by the settings and the access rules of the release', async () => {
    const lead = (await run('explain', 'agent/research/lead', '--cluster')).stdout.replaceAll(/\s+/g, ' ');
    expect(lead).toContain('http[s]://agents.example.com/research/agent/lead, and all paths below it');
    expect(lead).toContain('by gatewayAPI.hostnames');
    const calc = await run('explain', 'mcpserver/research/calc', '--cluster');
    expect(calc.code).toBe(0);
    expect(calc.stdout.replaceAll(/\s+/g, ' ')).toContain('nobody may call it, by rules[0] of the access rules');
  });

  it('say what files would change in it, and that they would change nothing', async () => {
    const file = path.join(folder, 'helper.yaml');
    writeFileSync(file, JSON.stringify({ ...TEAM[2], spec: { modelAPI: 'llm', model: 'openai/gpt-4o' } }));
    const opened = await run('diff', '--against-cluster', file);
    expect({ code: opened.code, stderr: opened.stderr }).toEqual({ code: 1, stderr: '' });
    expect(opened.stdout).toMatch(
      /^addresses: 1 new\n[\s\S]*\+ new: Agent\.kaos\.tools research\/helper[\s\S]*callers: everybody/,
    );
    writeFileSync(file, JSON.stringify(TEAM[2]));
    const same = await run('diff', '--against-cluster', file);
    expect({ code: same.code, stderr: same.stderr }).toEqual({ code: 0, stderr: '' });
  });

  it('make a fixture of a resource as the cluster has it', async () => {
    const made = await run('fixture', '--cluster', '--kind', 'Agent', '--name', 'lead', '--hook', 'kaos-routes/sync');
    expect(made).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(made.stdout).object.metadata).toMatchObject({ name: 'lead', uid: expect.any(String) });
  });

  it('name the right that a user lacks, and print the rest', async () => {
    const account = { name: 'reader', namespace: 'research' };
    const user = await asUser(cluster.api, account, []);
    const rules = [{ apiGroups: ['kaos.tools'], resources: ['agents'], verbs: ['list'] }];
    const role = { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'lists-agents' };
    const [apiVersion, metadata] = ['rbac.authorization.k8s.io/v1', { name: role.name }];
    const subjects = [{ kind: 'ServiceAccount', ...account }];
    await mustApply(cluster.api, [
      { apiVersion, kind: 'ClusterRole', metadata, rules },
      { apiVersion, kind: 'ClusterRoleBinding', metadata, roleRef: role, subjects },
    ]);
    const own = path.join(path.dirname(cluster.kubeconfig), 'reader');
    writeFileSync(own, kubeconfigOf(user, 'certificates/apiserver.crt'));
    const args = ['webhooks/command/main.ts', 'render', '--cluster', '-o', 'table', '--kubeconfig', own];
    const { code, stdout, stderr } = await runNode(args, { env: { HOME: folder } });
    expect(code).toBe(1);
    expect(stdout).toContain('\nAgent research/lead ');
    expect(stderr).toMatch(
      /^error: the cluster: modelapis cannot be read, so answers may be wrong: Error from server \(Forbidden\): modelapis\.kaos\.tools is forbidden: User .*reader/,
    );
    expect(stderr).toMatch(
      /^note: the cluster: does not show the settings of the release \(Error from server \(Forbidden\)/m,
    );
    expect(stderr).not.toContain('agents.kaos.tools is forbidden');
  });

  it('say so if there is no cluster', async () => {
    const args = ['webhooks/command/main.ts', 'render', '--cluster', '--kubeconfig', path.join(folder, 'none')];
    const { code, stdout, stderr } = await runNode(args, { env: { HOME: folder } });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^error: the cluster cannot be read: .*none/);
    const without = await runNode(['webhooks/command/main.ts', 'render', '--cluster'], { env: { PATH: folder } });
    expect(without.stderr).toBe(
      'error: the cluster cannot be read: kubectl was not found on PATH; install it: https://kubernetes.io/docs/tasks/tools/\n',
    );
  });
});
