import { describe, expect, it } from 'vitest';
import { child, type KubernetesObject } from '../../support/gateways.ts';
import { agent, modelApi, observed, ready, related, type Scene, sync, UID } from '../../support/kaos.ts';
import { table } from '../../support/rendering.ts';

const LLM = ready(modelApi());
const ON = { SECURITY_AGENT_AUTH_IDENTITY_PROVIDER: 'serviceaccount' };
const ACCOUNT = 'kaos-agent-lead';
const OWN_SOURCE = { serviceAccountToken: { audience: 'own', path: 'token' } };
const VARIABLES = ['AGENT_AUTH_IDENTITY', 'AGENT_AUTH_TOKEN_FILE'];

function identified(scene: Partial<Scene> = {}) {
  return sync({ parent: agent(), related: [LLM], ...scene, settings: { ...ON, ...scene.settings } });
}

function account(more: object = {}, labels: object = { 'kaos.tools/agent': 'lead' }): KubernetesObject {
  return { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: ACCOUNT, namespace: 'team', labels, ...more } };
}

describe('KAOS 0.8, row 14: the identity of an Agent', () => {
  it('is an account of its own, without the token of the API server', () => {
    const { children, pod } = identified();
    expect(child(children, 'ServiceAccount')).toEqual({ ...account(), automountServiceAccountToken: false });
    expect(pod).toMatchObject({ serviceAccountName: ACCOUNT, automountServiceAccountToken: false });
  });

  it('is in a token for the Gateway, in a file that the agent can only read', () => {
    const { pod, container, env, names } = identified();
    const serviceAccountToken = { audience: 'kaos-gateway', expirationSeconds: 3600, path: 'token' };
    expect(pod.volumes).toEqual([
      { name: 'agent-auth-token', projected: { defaultMode: 420, sources: [{ serviceAccountToken }] } },
    ]);
    expect(container.volumeMounts).toEqual([
      { name: 'agent-auth-token', mountPath: '/var/run/secrets/kaos-agent', readOnly: true },
    ]);
    expect(names.slice(-3)).toEqual(['LOG_LEVEL', ...VARIABLES]);
    expect(env).toMatchObject({
      AGENT_AUTH_IDENTITY: 'kaos://agent/team/lead',
      AGENT_AUTH_TOKEN_FILE: '/var/run/secrets/kaos-agent/token',
    });
  });

  it('has the audience and the lifetime of the settings', () => {
    const settings = {
      SECURITY_AGENT_AUTH_SERVICE_ACCOUNT_AUDIENCE: 'https://gw.example.com',
      SECURITY_AGENT_AUTH_SERVICE_ACCOUNT_EXPIRATION_SECONDS: '600',
    };
    expect(identified({ settings }).pod.volumes[0].projected.sources).toEqual([
      { serviceAccountToken: { audience: 'https://gw.example.com', expirationSeconds: 600, path: 'token' } },
    ]);
  });

  it('is off by default: no account, no token, no variable, and no question for accounts', () => {
    const { kinds, pod, container, names } = sync({ parent: agent(), related: [LLM] });
    expect(kinds).toEqual(['Deployment', 'Service']);
    expect(pod).not.toHaveProperty('serviceAccountName');
    expect(pod).not.toHaveProperty('volumes');
    expect(container).not.toHaveProperty('volumeMounts');
    expect(names.filter((name) => VARIABLES.includes(name))).toEqual([]);
    expect(related(agent()).filter(({ resource }) => resource === 'serviceaccounts')).toEqual([]);
    expect(related(agent(), ON).filter(({ resource }) => resource === 'serviceaccounts')).toEqual([
      { apiVersion: 'v1', resource: 'serviceaccounts', namespace: 'team', names: [ACCOUNT] },
    ]);
  });

  it('comes also to an Agent that is not exposed', () => {
    const parent = agent({ agentNetwork: { expose: false } });
    expect(identified({ parent }).kinds).toEqual(['Deployment', 'ServiceAccount']);
  });

  it.each(['restricted', 'baseline', 'privileged'])('is permitted in pods of the standard %s', (standard) => {
    const { pod, conditions } = identified({ settings: { KAOS_RUNTIME_POD_SECURITY: standard } });
    expect(pod).toMatchObject({ serviceAccountName: ACCOUNT, volumes: [{ name: 'agent-auth-token' }] });
    expect(conditions['Accepted']).toMatchObject({ status: 'True' });
  });

  it.each(['mcp-*', 'other'])('is permitted even if the policy lists only the accounts %s', (listed) => {
    const { pod, conditions } = identified({ settings: { KAOS_RUNTIME_SERVICE_ACCOUNTS: listed } });
    expect(pod.serviceAccountName).toBe(ACCOUNT);
    expect(conditions['Accepted']).toMatchObject({ status: 'True' });
  });

  it.each([
    ['has another account that the policy permits', { KAOS_RUNTIME_SERVICE_ACCOUNTS: 'own' }, 'own', 'True'],
    ['keeps the own one if the policy does not permit the other', {}, ACCOUNT, 'False'],
  ])('%s if the podSpec names one', (_case, settings, serviceAccountName, status) => {
    const { pod, conditions, kinds } = identified({
      parent: agent({ podSpec: { containers: [], serviceAccountName: 'own' } }),
      settings,
    });
    expect(pod).toMatchObject({ serviceAccountName, volumes: [{ name: 'agent-auth-token' }] });
    expect(conditions['Accepted']).toMatchObject({ status });
    expect(kinds).toContain('ServiceAccount');
  });

  it.each<[string, object, object]>([
    ['a volume', { volumes: [{ name: 'agent-auth-token', emptyDir: {} }] }, { name: 'agent-auth-token', emptyDir: {} }],
    [
      'sources of a volume',
      { volumes: [{ name: 'agent-auth-token', projected: { sources: [OWN_SOURCE] } }] },
      { projected: { defaultMode: 420, sources: [OWN_SOURCE] } },
    ],
  ])('gives way to %s of the same name in the podSpec', (_what, own, expected) => {
    const { pod, conditions } = identified({ parent: agent({ podSpec: { containers: [], ...own } }) });
    expect(pod.volumes).toEqual([expect.objectContaining(expected)]);
    expect(Object.keys(pod.volumes[0])).toHaveLength(2);
    expect(conditions['Accepted']).toMatchObject({ status: 'True' });
  });

  it('gives way to a mount of its path in the podSpec', () => {
    const mount = { name: 'own', mountPath: '/var/run/secrets/kaos-agent' };
    const podSpec = {
      containers: [{ name: 'agent', volumeMounts: [mount] }],
      volumes: [{ name: 'own', emptyDir: {} }],
    };
    const { container } = identified({ parent: agent({ podSpec }) });
    expect(container.volumeMounts).toEqual([{ ...mount, readOnly: true }]);
  });

  it.each<[string, object]>([
    ['removes its volume', { volumes: [{ name: 'agent-auth-token', $patch: 'delete' }] }],
    ['removes all volumes', { volumes: null }],
  ])('is reported missing if the podSpec %s', (_what, own) => {
    const { container, conditions } = identified({ parent: agent({ podSpec: { containers: [], ...own } }) });
    expect(container).not.toHaveProperty('volumeMounts');
    expect(conditions['Accepted']).toMatchObject({
      reason: 'InvalidPodSpec',
      message: expect.stringContaining('volumeMounts[agent-auth-token]: is not in podSpec.volumes'),
    });
  });

  it('has an account for the longest name that an Agent may have, and none for a longer one', () => {
    const named = (length: number) => identified({ parent: agent({}, { name: 'a'.repeat(length) }) });
    expect(child(named(57).children, 'ServiceAccount')?.metadata.name).toBe(`kaos-agent-${'a'.repeat(57)}`);
    expect(named(58)).toMatchObject({ kinds: [], conditions: { Accepted: { reason: 'InvalidName' } } });
  });

  it("is not another Agent's", () => {
    const podSpec = { containers: [], serviceAccountName: 'kaos-agent-other' };
    const { pod, conditions } = identified({ parent: agent({ podSpec }) });
    expect(pod.serviceAccountName).toBe(ACCOUNT);
    expect(conditions['Accepted']).toMatchObject({ status: 'False', reason: 'RefNotPermitted' });
  });

  it.each<[string, KubernetesObject]>([
    ['without KAOS labels', account({}, { team: 'a' })],
    ['of another Agent', account({}, { 'kaos.tools/agent': 'other' })],
    ['that another object controls', account({ ownerReferences: [{ uid: 'uid-of-other', controller: true }] })],
  ])('is not made of a foreign account %s', (_case, foreign) => {
    const { status, kinds, conditions } = identified({ related: [LLM, foreign] });
    expect({ phase: status.phase, kinds }).toEqual({ phase: 'Failed', kinds: [] });
    expect(conditions['Accepted']).toMatchObject({
      reason: 'NameConflict',
      message: expect.stringMatching(/^ServiceAccount team\/kaos-agent-lead already exists, .*/),
    });
    expect(sync({ parent: agent(), related: [LLM, foreign] }).status.phase).toBe('Pending');
  });

  it.each<[string, KubernetesObject]>([
    ['controls', account({ ownerReferences: [{ uid: UID, controller: true }] })],
    ['had until Metacontroller released it', account()],
  ])('takes the account over that the Agent %s', (_case, own) => {
    const { status, kinds } = identified({ related: [LLM, own] });
    expect(kinds).toEqual(['Deployment', 'Service', 'ServiceAccount']);
    expect(status.message).toBe(
      `ServiceAccount team/kaos-agent-lead lacks the label controller-uid=${UID}, so Metacontroller does not recognise it; add the label`,
    );
  });

  it('stays while the Agent waits, without the Secrets that the cluster adds to accounts', () => {
    const first = identified();
    const added = { secrets: [{ name: 'dockercfg' }], imagePullSecrets: [{ name: 'dockercfg' }] };
    const children = observed(first.children).map((own) =>
      own.kind === 'ServiceAccount' ? { ...own, ...added } : own,
    );
    const { status, children: kept } = identified({ children, related: [] });
    expect(status.phase).toBe('Waiting');
    expect(child(kept, 'ServiceAccount')).toEqual(child(first.children, 'ServiceAccount'));
  });

  it('is reported if the API server refuses the account', () => {
    const children = observed(identified().children).filter(({ kind }) => kind !== 'ServiceAccount');
    const first = identified({ children });
    const parent = { ...agent(), status: first.status };
    const late = identified({ parent, children, now: '2026-06-01T00:01:00Z' });
    expect(late.conditions['Programmed']).toMatchObject({
      reason: 'ChildNotCreated',
      message: expect.stringMatching(/^ServiceAccount team\/kaos-agent-lead has not been created/),
    });
  });

  it('goes when it is turned off, and the pods lose the account', () => {
    const children = observed(identified().children);
    const off = sync({ parent: agent(), related: [LLM], children });
    expect(off.kinds).toEqual(['Deployment', 'Service']);
    expect(off.pod).toMatchObject({ serviceAccountName: 'default' });
    expect(off.pod).not.toHaveProperty('volumes');
    expect(off.names.filter((name) => VARIABLES.includes(name))).toEqual([]);
  });

  it('lets the user set the variables', () => {
    const env = [{ name: 'AGENT_AUTH_TOKEN_FILE', value: '/own/token' }];
    expect(identified({ parent: agent({ container: { env } }) }).env).toMatchObject({
      AGENT_AUTH_IDENTITY: 'kaos://agent/team/lead',
      AGENT_AUTH_TOKEN_FILE: '/own/token',
    });
  });
});

it('`render` shows the identity of Agents with its flag', () => {
  const flags = ['--kaos-runtime', '--default-agent-image', 'a', '--security-agent-auth-identity-provider'];
  const { code, stdout } = table([agent(), ready(modelApi())], ...flags, 'serviceaccount');
  expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringContaining(`ServiceAccount/${ACCOUNT}`) });
});
