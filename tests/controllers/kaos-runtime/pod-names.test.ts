import { describe, expect, it } from 'vitest';
import { mcpServer, modelApi, registry, sync } from '../../support/kaos.ts';

const server = (spec: object, settings = {}) => sync({ parent: mcpServer(spec), related: [registry()], settings });

describe('names that pods may use', () => {
  const secretKeyRef = { name: 'mine', key: 'k' };
  const container = { env: [{ name: 'TOKEN', valueFrom: { secretKeyRef } }] };
  const inServer = (fields: object) => ({ containers: [{ name: 'mcp-server', ...fields }] });
  const OTHER = { name: 'other' };

  it("are those of KAOS's own fields, in a podSpec too", () => {
    const podSpec = {
      ...inServer({ envFrom: [{ secretRef: { name: 'mine' } }] }),
      serviceAccountName: 'reader',
      volumes: [{ name: 'v', secret: { secretName: 'mine' } }],
      imagePullSecrets: [{ name: 'registry' }],
    };
    const { pod, conditions } = server({ container, podSpec, serviceAccountName: 'reader' });
    expect(conditions['Accepted']?.status).toBe('True');
    expect(pod).toMatchObject({ automountServiceAccountToken: true, ...podSpec });
  });

  it('do not include an account that only a podSpec names: the pod gets no token, or that of its own account', () => {
    const message =
      'spec.podSpec.serviceAccountName: names the service account "writer", which pods here may not use; ' +
      'an administrator can permit it';
    for (const podSpec of [{ serviceAccountName: 'writer' }, { serviceAccount: 'writer' }]) {
      const alone = server({ podSpec });
      expect(alone.pod.automountServiceAccountToken).toBe(false);
      expect(alone.conditions['Accepted']).toMatchObject({ reason: 'RefNotPermitted', message });
      expect(server({ podSpec, serviceAccountName: 'reader' }).pod).toMatchObject({
        automountServiceAccountToken: true,
        serviceAccountName: 'reader',
      });
    }
  });

  it.each<[string, object]>([
    ['a variable', inServer({ env: [{ name: 'A', valueFrom: { secretKeyRef: { ...OTHER, key: 'k' } } }] })],
    ['variables', inServer({ envFrom: [{ prefix: 'A_', secretRef: OTHER }] })],
    ['an init container', { initContainers: [{ name: 'x', image: 'x', envFrom: [{ secretRef: OTHER }] }] }],
    ['a volume', { volumes: [{ name: 'v', secret: { secretName: 'other' } }] }],
    ['a projected volume', { volumes: [{ name: 'v', projected: { sources: [{ secret: OTHER }] } }] }],
    ['a driver', { volumes: [{ name: 'v', csi: { driver: 'd', nodePublishSecretRef: OTHER } }] }],
    ['a volume of Azure', { volumes: [{ name: 'v', azureFile: { secretName: 'other', shareName: 's' } }] }],
    ...Object.entries({
      cephfs: { monitors: ['m'] },
      cinder: { volumeID: 'v' },
      flexVolume: { driver: 'd' },
      iscsi: { targetPortal: 'p', iqn: 'iqn.2001-04.com.example:storage', lun: 0 },
      rbd: { monitors: ['m'], image: 'i' },
      scaleIO: { gateway: 'g', system: 's', volumeName: 'v' },
      storageos: { volumeName: 'v' },
    }).map(([source, fields]): [string, object] => [
      `a volume of ${source}`,
      { volumes: [{ name: 'v', [source]: { ...fields, secretRef: OTHER } }] },
    ]),
  ])('do not include the Secret of %s unless a list has it', (_place, podSpec) => {
    const { pod, conditions } = server({ podSpec });
    expect(JSON.stringify(pod)).not.toContain('"other"');
    expect(conditions['Accepted']).toMatchObject({
      reason: 'RefNotPermitted',
      message: expect.stringContaining('names the Secret "other"'),
    });
    for (const KAOS_RUNTIME_SECRETS of ['other', '*', 'a,oth*', '*er', 'o*h*r']) {
      const permitted = server({ podSpec }, { KAOS_RUNTIME_SECRETS });
      expect(permitted.conditions['Accepted']?.status).toBe('True');
      expect(JSON.stringify(permitted.pod)).toContain('"other"');
    }
    for (const KAOS_RUNTIME_SECRETS of ['othe', 'ther', 'o.her', 'x*', 'othe*her', 'o*h*h*r']) {
      expect(JSON.stringify(server({ podSpec }, { KAOS_RUNTIME_SECRETS }).pod)).not.toContain('"other"');
    }
  });

  it("are bounded by a list for KAOS's own fields, too", () => {
    const settings = { KAOS_RUNTIME_SECRETS: 'agents-*', KAOS_RUNTIME_SERVICE_ACCOUNTS: 'agents-*' };
    const { names, conditions } = server({ container }, settings);
    expect(names).not.toContain('TOKEN');
    expect(conditions['Accepted']).toMatchObject({
      reason: 'RefNotPermitted',
      message:
        'pod.containers[mcp-server].env[TOKEN]: names the Secret "mine", which pods here may not use; ' +
        'an administrator can permit it',
    });
    const pull = { podSpec: { imagePullSecrets: [{ name: 'registry' }] } };
    expect(server(pull, settings).pod).not.toHaveProperty('imagePullSecrets');
    expect(server({ serviceAccountName: 'agents-reader' }, settings).pod.serviceAccountName).toBe('agents-reader');
  });

  it('fail a resource that would be useless without its account or its configuration', () => {
    const settings = { KAOS_RUNTIME_SECRETS: 'agents-*', KAOS_RUNTIME_SERVICE_ACCOUNTS: 'agents-*' };
    const proxyConfig = { models: ['*'], configYaml: { fromSecretKeyRef: { name: 'mine', key: 'k' } } };
    for (const parent of [mcpServer({ serviceAccountName: 'reader' }), modelApi({ proxyConfig })]) {
      const { kinds, status, conditions } = sync({ parent, related: [registry()], settings });
      expect({ kinds, phase: status.phase }).toEqual({ kinds: [], phase: 'Failed' });
      expect(conditions['Accepted']).toMatchObject({ status: 'False', reason: 'RefNotPermitted' });
      expect(sync({ parent, related: [registry()] }).status.phase).toBe('Pending');
    }
  });

  it("leave out a provider's key whose Secret is not on the list", () => {
    const apiKey = { valueFrom: { secretKeyRef: { name: 'provider', key: 'k' } } };
    const parent = modelApi({ proxyConfig: { models: ['*'], apiKey } });
    expect(sync({ parent }).names).toContain('PROXY_API_KEY');
    const { names, conditions } = sync({ parent, settings: { KAOS_RUNTIME_SECRETS: 'x' } });
    expect(names).not.toContain('PROXY_API_KEY');
    expect(conditions['Accepted']?.reason).toBe('RefNotPermitted');
  });

  it('include priority classes of the list alone', () => {
    const podSpec = { priorityClassName: 'batch-low' };
    expect(server({ podSpec }).pod).not.toHaveProperty('priorityClassName');
    expect(server({ podSpec }, { KAOS_RUNTIME_PRIORITY_CLASSES: 'batch-*' }).pod).toMatchObject(podSpec);
  });

  it('are matched in linear time, whatever the pattern', () => {
    const volumes = Array.from({ length: 3000 }, (_, index) => ({
      name: `v${index}`,
      secret: { secretName: 'a'.repeat(250) },
    }));
    const start = process.cpuUsage();
    server({ podSpec: { volumes } }, { KAOS_RUNTIME_SECRETS: 'a*a*a*a*a*a*b' });
    const { user, system } = process.cpuUsage(start);
    expect((user + system) / 1000).toBeLessThan(2000);
  });
});
