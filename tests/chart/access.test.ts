import path from 'node:path';
import { expect, it } from 'vitest';
import { controllers } from '../../controllers/registry.ts';
import { all, one, type PodSpec, pod, type Values, webhook, withHelm } from '../support/helm.ts';

const MOUNTS = '/etc/agent-gateway-hooks';
const TLS = { 'tls.enabled': 'true', 'tls.existingSecret': 'certificate' };
const CLIENT = { ...TLS, 'tls.clientAuth.enabled': 'true', 'tls.clientAuth.existingSecret': 'client' };
const TOKEN = { 'auth.token.existingSecret': 'tokens' };
const CERT_MANAGER = {
  'tls.enabled': 'true',
  'tls.certManager.enabled': 'true',
  'tls.certManager.issuerRef.name': 'ca',
};

/** The Secret and key behind a path in a pod. The key is undefined if the pod mounts the whole Secret. */
function mounted({ containers: [container], volumes = [] }: PodSpec, file: string): readonly (string | undefined)[] {
  const mount = container.volumeMounts?.find(({ mountPath }) => file === mountPath || file.startsWith(`${mountPath}/`));
  const secret = volumes.find(({ name }) => name === mount?.name)?.secret;
  const within = path.relative(mount?.mountPath ?? '', file);
  return [secret?.secretName, secret?.items?.find((item) => item.path === within)?.key];
}

const settings = (values: Values) =>
  one('ConfigMap', values, 'kaos-agent-gateway-hooks')['data'] as Record<string, string>;

/** The Secret and key of a setting's file. */
function source(variable: string, values: Values): readonly (string | undefined)[] {
  return mounted(pod(values), settings(values)[variable] ?? 'unset');
}

const ref = (name: string, key?: string) => ({ name, namespace: 'kaos-system', ...(key && { key }) });

withHelm.describe('by default', () => {
  it('the hooks require no credential, and the pods mount none', () => {
    expect(Object.keys(settings({})).filter((name) => /TOKEN|TLS|HASH_KEY/.test(name))).toEqual([]);
    expect(pod().volumes).toBeUndefined();
    expect(webhook('kaos-routes', 'sync')).toEqual({ url: expect.stringMatching('^http:'), timeout: '10s' });
  });
});

withHelm.describe('a token', () => {
  it('is any key of a Secret for the service, and one key of it for Metacontroller', () => {
    const values = { ...TOKEN, 'auth.token.key': 'current' };
    expect(source('TOKEN_DIRECTORY', values)).toEqual(['tokens', undefined]);
    expect(webhook('kaos-routes', 'sync', values)).toMatchObject({
      authorization: { type: 'Bearer', secretRef: ref('tokens', 'current') },
    });
  });
});

withHelm.describe('TLS', () => {
  it('uses the certificate and key of a Secret, on the HTTPS port', () => {
    expect(source('TLS_CERT_FILE', TLS)).toEqual(['certificate', 'tls.crt']);
    expect(source('TLS_KEY_FILE', TLS)).toEqual(['certificate', 'tls.key']);
    expect(settings(TLS)['TLS_CLIENT_CA_FILE']).toBeUndefined();
    expect(one('Service', TLS)).toMatchObject({
      spec: { ports: [{ port: 443, targetPort: 'hooks' }, { port: 9090 }] },
    });
    expect(pod(TLS).containers[0]).toMatchObject({ readinessProbe: { httpGet: { port: 'admin' } } });
  });

  it('makes Metacontroller trust the CA in the same Secret', () => {
    expect(webhook('kaos-routes', 'sync', TLS)).toEqual({
      url: expect.stringMatching(/^https:\/\/kaos-agent-gateway-hooks\.kaos-system\.svc\/kaos-routes\/sync/),
      timeout: '10s',
      caBundle: { secretRef: ref('certificate', 'ca.crt') },
    });
  });

  it('makes Metacontroller trust the CA bundle in the values, if it is set', () => {
    const caBundle = '-----BEGIN CERTIFICATE-----\nYQ==\n-----END CERTIFICATE-----\n';
    expect(webhook('kaos-routes', 'sync', { ...TLS, 'tls.caBundle': caBundle })).toMatchObject({
      caBundle: { inline: caBundle },
    });
  });
});

withHelm.describe('mutual TLS', () => {
  it('gives Metacontroller its client certificate, and the service only the CA', () => {
    expect(webhook('kaos-routes', 'sync', CLIENT)).toMatchObject({
      clientTLS: { secretRef: ref('client'), certKey: 'tls.crt', privateKeyKey: 'tls.key' },
    });
    expect(source('TLS_CLIENT_CA_FILE', CLIENT)).toEqual(['client', 'ca.crt']);
    expect(pod(CLIENT).volumes?.find(({ name }) => name === 'client-ca')?.secret.items).toHaveLength(1);
  });

  it('uses another CA if the values name one', () => {
    const values = { ...CLIENT, 'tls.clientAuth.caSecret': 'authority' };
    expect(source('TLS_CLIENT_CA_FILE', values)).toEqual(['authority', 'ca.crt']);
  });
});

withHelm.describe('cert-manager', () => {
  const server = (values: Values) => one('Certificate', values, 'kaos-agent-gateway-hooks-tls')['spec'];
  const client = (values: Values) => one('Certificate', values, 'kaos-agent-gateway-hooks-client-tls')['spec'];

  it('issues a certificate for the hostnames that Metacontroller may call', () => {
    expect(all('Certificate', CERT_MANAGER)).toHaveLength(1);
    expect(server(CERT_MANAGER)).toEqual({
      secretName: 'kaos-agent-gateway-hooks-tls',
      issuerRef: { name: 'ca', kind: 'Issuer', group: 'cert-manager.io' },
      duration: '2160h',
      renewBefore: '720h',
      dnsNames: ['kaos-agent-gateway-hooks.kaos-system.svc', 'kaos-agent-gateway-hooks.kaos-system'],
      usages: ['server auth', 'digital signature', 'key encipherment'],
    });
    expect(source('TLS_CERT_FILE', CERT_MANAGER)).toEqual(['kaos-agent-gateway-hooks-tls', 'tls.crt']);
    expect(webhook('kaos-routes', 'sync', CERT_MANAGER)).toMatchObject({
      url: expect.stringContaining('https://kaos-agent-gateway-hooks.kaos-system.svc/'),
      caBundle: { secretRef: ref('kaos-agent-gateway-hooks-tls', 'ca.crt') },
    });
  });

  it("also issues Metacontroller's client certificate, with a long lifetime", () => {
    const values = { ...CERT_MANAGER, 'tls.clientAuth.enabled': 'true' };
    expect(client(values)).toEqual({
      secretName: 'kaos-agent-gateway-hooks-client-tls',
      issuerRef: { name: 'ca', kind: 'Issuer', group: 'cert-manager.io' },
      duration: '87600h',
      commonName: 'metacontroller',
      usages: ['client auth', 'digital signature', 'key encipherment'],
    });
    expect(webhook('kaos-routes', 'sync', values)).toMatchObject({
      clientTLS: { secretRef: ref('kaos-agent-gateway-hooks-client-tls') },
    });
  });

  it('does not replace an existing client certificate', () => {
    const values = { ...CERT_MANAGER, 'tls.clientAuth.enabled': 'true', 'tls.clientAuth.existingSecret': 'client' };
    expect(all('Certificate', values)).toHaveLength(1);
    expect(source('TLS_CLIENT_CA_FILE', values)).toEqual(['client', 'ca.crt']);
  });
});

withHelm.describe('credentials', () => {
  const everything = {
    ...CERT_MANAGER,
    ...TOKEN,
    'tls.clientAuth.enabled': 'true',
    'agentGateway.enabled': 'true',
    'agentGateway.referenceHashKeySecret': 'hash-key',
    'kaosRuntime.enabled': 'true',
    'gatewayAPI.enabled': 'true',
    'gatewayAPI.gatewayClassName': 'nginx',
  };

  it.each(controllers.flatMap(({ name, customize }) => (customize ? [[name]] : [])))(
    'are the same for every hook of %s',
    (name) => {
      const { url: _url, timeout: _timeout, ...credentials } = webhook('kaos-routes', 'sync', everything) as Values;
      for (const hook of ['sync', 'customize']) {
        expect(webhook(name, hook, everything)).toMatchObject(credentials);
      }
    },
  );

  it('come from existing Secrets: the chart creates none', () => {
    expect(all('Secret', everything)).toEqual([]);
  });

  it('include the key for hashes, as a mounted file', () => {
    expect(source('REFERENCE_HASH_KEY_FILE', everything)).toEqual(['hash-key', 'key']);
    expect(settings(everything)['REFERENCE_HASH_KEY_FILE']).toMatch(`${MOUNTS}/`);
  });
});
