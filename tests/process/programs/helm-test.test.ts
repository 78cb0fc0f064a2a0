import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { makeAuthority, sign } from '../../support/certificates.ts';
import { one, type PodSpec, pod, type Values, withHelm } from '../../support/helm.ts';
import { type Ran, runNode } from '../../support/run.ts';
import { type TestService, testService } from '../../support/service.ts';

const MOUNTS = '/etc/agent-gateway-hooks';
const TLS = { 'tls.enabled': 'true', 'tls.existingSecret': 'certificate' };
const TOKEN = { 'auth.token.existingSecret': 'tokens' };
const CLIENT = { ...TLS, 'tls.clientAuth.enabled': 'true', 'tls.clientAuth.existingSecret': 'client' };

/** The Secrets that the values name. */
const secrets: Record<string, Readonly<Record<string, string>>> = { tokens: { token: 'first\n', next: 'second\n' } };

beforeAll(async () => {
  const authority = await makeAuthority('authority');
  for (const name of ['certificate', 'client']) {
    const { cert, key } = await sign(authority, name);
    secrets[name] = { 'tls.crt': cert, 'tls.key': key, 'ca.crt': authority.cert };
  }
});

let folder: string;
const open: TestService[] = [];
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'helm-test-'));
});
afterEach(() => rmSync(folder, { recursive: true }));
afterAll(() => Promise.all(open.flatMap(({ hooks, admin }) => [hooks.close(), admin.close()])));

/** Writes a pod's Secrets to a folder, laid out as in a cluster. */
function mount({ volumes = [] }: PodSpec, into: string): void {
  for (const { name, secret } of volumes) {
    mkdirSync(path.join(into, name), { recursive: true });
    const content = secrets[secret.secretName] ?? {};
    for (const { key, path: file } of secret.items ?? Object.keys(content).map((key) => ({ key, path: key }))) {
      writeFileSync(path.join(into, name, file), content[key] ?? '');
    }
  }
}

interface Ports {
  readonly hooks: number;
  readonly admin: number;
}

/** Starts the service as the chart's Deployment and settings do. */
async function serve(values: Values): Promise<Ports> {
  const spec = pod(values);
  const own = path.join(folder, 'service');
  mount(spec, own);
  const variables = Object.entries(one('ConfigMap', values)['data'] as Values).map(
    ([name, value]) => [name, value.replace(MOUNTS, own)] as const,
  );
  const build = spec.containers[0].env.map(({ name, value }) => [name, value] as const);
  const service = testService({ ...Object.fromEntries([...variables, ...build]), MAX_EVENT_LOOP_DELAY_MS: '60000' });
  open.push(service);
  await service.hooks.listen({ host: '127.0.0.1', port: 0 });
  await service.admin.listen({ host: '127.0.0.1', port: 0 });
  return { hooks: portOf(service.hooks), admin: portOf(service.admin) };
}

function portOf({ server }: TestService['hooks']): number {
  return (server.address() as AddressInfo).port;
}

/** Runs the command of the chart's test pod against a local service instead of the one in the cluster. */
async function helmTest(values: Values, { hooks, admin }: Ports): Promise<Ran> {
  const spec = one('Pod', values)['spec'] as PodSpec;
  const own = path.join(folder, 'test');
  mount(spec, own);
  const args = spec.containers[0].args.map((arg) =>
    arg
      .replace('build/helm-test.js', 'webhooks/helm-test/main.ts')
      .replace(MOUNTS, own)
      .replace('kaos-agent-gateway-hooks.kaos-system.svc:9090', `127.0.0.1:${admin}`)
      .replace('kaos-agent-gateway-hooks.kaos-system.svc', `127.0.0.1:${hooks}`),
  );
  return runNode(args);
}

const statuses = ({ stdout }: Ran) => [...stdout.matchAll(/: (.*)$/gm)].map(([, status]) => status);

withHelm.describe('helm test', () => {
  it.each<[string, Values, readonly string[]]>([
    ['no credential', {}, ['200', '200']],
    ['a token', TOKEN, ['200', '401', '200']],
    ['only HTTPS', TLS, ['200', '200']],
    ['a client certificate', CLIENT, ['200', '401', '200']],
    ['a token and a client certificate', { ...CLIENT, ...TOKEN }, ['200', '401', '200']],
  ])('passes if the hooks require %s', async (_what, values, expected) => {
    const ran = await helmTest(values, await serve(values));
    expect(ran.stderr).toBe('');
    expect(statuses(ran)).toEqual(expected);
    expect(ran.code).toBe(0);
  });

  it('trusts the CA bundle in the values', async () => {
    const inline = { ...TLS, 'tls.caBundle': secrets['certificate']?.['ca.crt'] ?? '' };
    expect((await helmTest(inline, await serve(inline))).code).toBe(0);
    const another = { ...TLS, 'tls.caBundle': (await makeAuthority('another')).cert };
    const ran = await helmTest(another, await serve(another));
    expect(statuses(ran)).toEqual(['200', expect.stringMatching(/^unable to verify.*, expected 200$/)]);
    expect(ran.code).toBe(1);
  });

  it('fails if the hooks answer callers without the token', async () => {
    const ran = await helmTest(TOKEN, await serve({}));
    expect(statuses(ran)).toEqual(['200', '200, expected 401', '200']);
    expect(ran.code).toBe(1);
  });

  it('fails if the service does not run', async () => {
    const ports = await serve({});
    await open.at(-1)?.hooks.close();
    const ran = await helmTest({}, ports);
    expect(statuses(ran)).toEqual(['200', expect.stringMatching(/ECONNREFUSED.*, expected 200$/)]);
    expect(ran.code).toBe(1);
  });
});
