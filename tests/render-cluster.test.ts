import { describe, expect, it } from 'vitest';
import { fakeKubectl } from './support/fake-kubectl.ts';
import { AGENT, itemsOf, renderCommand } from './support/rendering.ts';

const LABELS = { 'app.kubernetes.io/name': 'agent-gateway-hooks', 'app.kubernetes.io/instance': 'hooks' };
const SETTINGS = {
  metadata: { name: 'hooks', namespace: 'platform', labels: LABELS },
  data: {
    SYSTEM_NAMESPACE: 'platform',
    GATEWAY_API_ENABLED: 'true',
    GATEWAY_NAMESPACE: 'platform',
    GATEWAY_NAME: 'front',
    GATEWAY_HOSTNAMES: 'agents.example.com',
    ACCESS_RULES_FILE: '/etc/agent-gateway-hooks/access-rules/1/access-rules.yaml',
    LOG_LEVEL: 'info',
  },
};
const RULES = {
  metadata: { name: 'hooks-access-rules', namespace: 'platform', labels: LABELS },
  data: { 'access-rules.yaml': 'rules: [{match: {names: [secret]}, deny: true}]' },
};
const controller = (name: string, namespace = 'platform') => ({
  metadata: { name, labels: LABELS },
  spec: { hooks: { sync: { webhook: { url: `http://hooks.${namespace}.svc/${name}/sync?build=1` } } } },
});
const DECORATORS = 'decoratorcontrollers.v1alpha1.metacontroller.k8s.io';
const AGENTS = 'agents.v1alpha1.kaos.tools';
const RELEASE = { configmaps: [SETTINGS, RULES], [DECORATORS]: [controller('kaos-routes')] };
const STORED = { ...AGENT, metadata: { ...AGENT.metadata, uid: 'u1', labels: { old: 'label' } } };

const render = (answers: Parameters<typeof fakeKubectl>[0], args: readonly string[], readInput = () => '') =>
  renderCommand(args, { kubectl: fakeKubectl(answers), readInput });

describe('render --cluster', () => {
  it('has the settings, the access rules and the controllers of the release', () => {
    const secret = { ...AGENT, metadata: { ...AGENT.metadata, name: 'secret' } };
    const runtimeGateway = {
      apiVersion: 'runtime.agentic-layer.ai/v1alpha1',
      kind: 'AgentGateway',
      metadata: { name: 'g', namespace: 'n' },
    };
    const answers = {
      ...RELEASE,
      [AGENTS]: [STORED, secret],
      'agentgateways.v1alpha1.runtime.agentic-layer.ai': [runtimeGateway],
    };
    expect(render(answers, ['--cluster', '-o', 'table'])).toEqual({
      code: 0,
      stdout: expect.stringMatching(
        /^RESOURCE .*\nAgent n\/a +agents\.example\.com\/n\/agent\/a +agent-a:8000 +120s +open\nAgent n\/secret +none \(AccessDenied\) +denied\n$/,
      ),
      stderr: '',
    });
  });

  it('lets flags win, and says that there is no release', () => {
    const { stdout, stderr } = render({ [AGENTS]: [STORED] }, ['--cluster', '--gateway-hostnames', 'b.example.com']);
    expect(stdout).toContain('b.example.com');
    expect(stderr).toBe(
      'note: the cluster: has no release of the chart agent-gateway-hooks, so the settings are the defaults of this command; flags change them\n',
    );
  });

  it('applies files to the objects of the cluster', () => {
    const changed = { ...AGENT, spec: { ...AGENT.spec, gatewayRoute: { timeout: '7s' } } };
    const other = { ...STORED, metadata: { ...STORED.metadata, name: 'other', uid: 'u2' } };
    const { stdout, stderr } = render({ ...RELEASE, [AGENTS]: [STORED, other] }, ['--cluster', '-o', 'json', '-'], () =>
      JSON.stringify(changed),
    );
    const timeouts = itemsOf(stdout, 'HTTPRoute').map(({ metadata, spec }) => [
      metadata.name,
      spec.rules[0].timeouts.request,
    ]);
    expect({ timeouts, stderr }).toEqual({
      timeouts: [
        ['agent-a', '7s'],
        ['agent-other', '120s'],
      ],
      stderr: '',
    });
  });

  it('asks which of several releases is meant', () => {
    const second = { ...SETTINGS, metadata: { ...SETTINGS.metadata, namespace: 'other' } };
    const two = { ...RELEASE, configmaps: [SETTINGS, RULES, second], [AGENTS]: [STORED] };
    const all = 'other/hooks, platform/hooks';
    expect(render(two, ['--cluster'])).toEqual({
      code: 1,
      stdout: '',
      stderr: `error: the cluster has 2 releases of the chart: ${all}; name one with --release\n`,
    });
    expect(render(two, ['--cluster', '--release', 'platform/hooks']).stdout).toContain('agents.example.com');
    expect(render(two, ['--cluster', '--release', 'x/y']).stderr).toBe(
      `error: --release: "x/y" was not found; the releases of the chart in the cluster are: ${all}\n`,
    );
  });

  it('has only the controllers whose hooks lead to the release', () => {
    const foreign = { ...RELEASE, [DECORATORS]: [controller('kaos-routes', 'elsewhere')], [AGENTS]: [STORED] };
    expect(render(foreign, ['--cluster', '-o', 'json']).stdout).toContain('"items": []');
  });

  it('refuses access rules that it cannot read, because without rules everybody may call', () => {
    const withRules = (text: string) => ({
      ...RELEASE,
      configmaps: [SETTINGS, { ...RULES, data: { 'access-rules.yaml': text } }],
      [AGENTS]: [STORED],
    });
    for (const [text, why] of [
      ['rules: [', 'Flow sequence in block collection must be sufficiently indented'],
      ['- deny: true', 'it is not a map'],
      ['', 'it is not a map'],
      ['default: deny\ndefault: allow', 'Map keys must be unique'],
    ] as const) {
      const { code, stdout, stderr } = render(withRules(text), ['--cluster']);
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(stderr).toContain(
        `error: the release platform/hooks: ConfigMap hooks-access-rules: access-rules.yaml is not valid: ${why}`,
      );
    }
    expect(render({ ...withRules(''), configmaps: [SETTINGS] }, ['--cluster'])).toEqual({
      code: 1,
      stdout: '',
      stderr:
        'error: the release platform/hooks: its settings name access rules, but none of its ConfigMaps has access-rules.yaml; correct it, or give the values of the chart with --values\n',
    });
  });

  it('does not take controllers for off that the user may not list', () => {
    const why = 'Error from server (Forbidden): decoratorcontrollers is forbidden';
    const { stdout, stderr } = render({ ...RELEASE, [DECORATORS]: why, [AGENTS]: [STORED] }, ['--cluster']);
    expect(stdout).toContain('kind: HTTPRoute');
    expect(stderr).toBe(
      `note: the cluster: does not show which controllers are installed (${why}), so they are the defaults of this command; flags turn on others\n`,
    );
  });

  it('says in the words of kubectl what it cannot read', () => {
    const forbidden = 'Error from server (Forbidden): agents.kaos.tools is forbidden: User "x" cannot list';
    expect(render({ configmaps: 'connection refused' }, ['--cluster'])).toEqual({
      code: 1,
      stdout: '',
      stderr: 'error: the cluster cannot be read: connection refused\n',
    });
    expect(render({ ...RELEASE, [AGENTS]: forbidden }, ['--cluster'])).toMatchObject({
      code: 1,
      stderr: `error: the cluster: agents cannot be read, so answers may be wrong: ${forbidden}\n`,
    });
  });

  it('says that access rules are not known which the user may not read', () => {
    const why = 'Error from server (Forbidden): configmaps is forbidden';
    expect(render({ configmaps: why, [AGENTS]: [STORED] }, ['--cluster'])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(
        `note: the cluster: does not show the settings of the release (${why}), nor its access rules, by which fewer may call, so the settings are the defaults of this command; flags change them\n`,
      ),
    });
  });

  it('names an object of the cluster that is not valid', () => {
    const broken = { ...STORED, metadata: { ...STORED.metadata, name: 'b' }, spec: null };
    expect(render({ ...RELEASE, [AGENTS]: [STORED, broken] }, ['--cluster'])).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('kind: HTTPRoute'),
      stderr: 'error: the cluster: Agent n/b: spec: expected object\n',
    });
  });

  it('notes a kind that the cluster does not have', () => {
    const missing = { ...RELEASE, [AGENTS]: 'error: the server doesn\'t have a resource type "agents"' };
    expect(render(missing, ['--cluster']).stderr).toContain(
      'note: the cluster: does not have the kind Agent.kaos.tools/v1alpha1\n',
    );
  });

  it('asks for something to read', () => {
    expect(render({}, [])).toEqual({
      code: 1,
      stdout: '',
      stderr: "error: expected files, folders, '-' for standard input, or --cluster\n",
    });
  });
});
