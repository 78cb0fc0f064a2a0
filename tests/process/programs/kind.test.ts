import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import type { HttpRoute } from '../../../controllers/kubernetes/kinds/http-route.ts';
import { mapKey } from '../../../controllers/reading.ts';
import { controllers } from '../../../controllers/registry.ts';
import { filesIn } from '../../../webhooks/evaluate/files.ts';
import { CLUSTER, IMAGE, ROUTE, STEPS } from '../../kind/steps.ts';
import { helm, type Manifest, withHelm } from '../../support/helm.ts';
import { itemsOf } from '../../support/rendering.ts';
import { finished, ROOT, runNode, startNode } from '../../support/run.ts';

/** Code that listens on a free port and prints it. */
const ANY_PORT = "listen(0, '127.0.0.1', function () { console.log(this.address().port); })";

const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');
const manifests = (text: string): Manifest[] => parseAllDocuments(text).map((document) => document.toJS());
const inKind = (file: string) => manifests(read(`tests/kind/${file}`));

/** The values of a flag in all steps. */
function flags(...names: string[]): string[] {
  return STEPS.flatMap(({ args }) => args.filter((_, index) => names.includes(args[index - 1] ?? '')));
}

// biome-ignore lint/suspicious/noExplicitAny: the tests read any field of a manifest.
const anyOf = (text: string): any => manifests(text)[0];

const release = STEPS.find(({ program, args }) => program === 'helm' && args.includes('chart'));
const charted = () => {
  const [, ...args] = release?.args ?? [];
  const { stdout, stderr } = helm('template', ...args);
  expect(stderr).toBe('');
  return manifests(stdout);
};

async function routeOfAgent(): Promise<HttpRoute> {
  const { stdout } = await runNode([
    'webhooks/command/main.ts',
    'render',
    '-o',
    'json',
    'examples/kaos-routes/agent.yaml',
  ]);
  return itemsOf(stdout, 'HTTPRoute')[0];
}

/** The controllers that run KAOS resources are not decorators; here a stand-in runs instead of an agent. `gateway-address` is there for them. */
const decorators = controllers.filter(
  ({ type, onDemand }) => type === 'decorator' && onDemand?.flag !== 'kaos-runtime',
);

describe('npm run kind', () => {
  let folder: string;
  let log: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'kind-'));
    log = path.join(folder, 'log');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** Writes a program that logs its arguments, and fails if they contain the text. */
  function standIn(name: string, fails = 'nothing'): void {
    const file = path.join(folder, name);
    writeFileSync(
      file,
      `#!/bin/sh\necho "${name} $*" >> '${log}'\ncase "$*" in *'${fails}'*) exit 3 ;; esac\necho "${name} did"\n`,
    );
    chmodSync(file, 0o755);
  }

  const run = () => runNode(['tests/kind/main.ts'], { env: { PATH: folder } });

  it('lists all missing programs, and exits with 1', async () => {
    expect(await run()).toEqual({
      code: 1,
      stdout: '',
      stderr:
        'npm run kind requires these programs:\n' +
        ['docker', 'kind', 'kubectl', 'helm', 'curl']
          .map((program) => `- ${program} is not on PATH, or did not answer\n`)
          .join(''),
    });
  });

  it('says that docker is installed but does not work', async () => {
    standIn('docker', 'info');
    for (const program of ['kind', 'kubectl', 'helm', 'curl']) {
      standIn(program);
    }
    const { code, stderr } = await run();
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: 'npm run kind requires these programs:\n- docker: `docker info` fails\n',
    });
  });

  it('runs all steps in order, then says how to remove the cluster', async () => {
    for (const program of ['docker', 'kind', 'kubectl', 'helm', 'curl']) {
      standIn(program);
    }
    const { code, stdout } = await run();
    expect(code).toBe(0);
    const called = readFileSync(log, 'utf8').trim().split('\n').slice(5);
    expect(called).toEqual(STEPS.map(({ program, args }) => [program, ...args].join(' ')));
    expect(stdout).toMatch(new RegExp(`Done\\..*\nTo remove it: kind delete cluster --name ${CLUSTER}\n$`));
  });

  it('stops at the first step that fails, and exits with 1', async () => {
    for (const program of ['docker', 'kind', 'kubectl', 'curl']) {
      standIn(program);
    }
    standIn('helm', 'install envoy-gateway');
    const { code, stdout } = await run();
    expect({ code, stdout }).toEqual({ code: 1, stdout: expect.stringContaining('Stopped at: Envoy Gateway') });
    expect(readFileSync(log, 'utf8').trim().split('\n').at(-1)).toMatch(/^helm install envoy-gateway /);
  });
});

describe('the steps of npm run kind', () => {
  it('touch no other cluster', () => {
    const asking = STEPS.filter(({ program }) => program === 'helm' || program === 'kubectl');
    expect(asking.filter(({ args }) => args.at(-1) !== `kind-${CLUSTER}`)).toEqual([]);
    expect(new Set(flags('--context', '--kube-context'))).toEqual(new Set([`kind-${CLUSTER}`]));
  });

  it('refer to files that exist', () => {
    const files = flags('--filename', '--values', '--config');
    expect(files.length).toBeGreaterThan(5);
    expect(files.filter((file) => !existsSync(path.join(ROOT, file)))).toEqual([]);
  });

  it('create the CRDs of the parents of the decorators', () => {
    const parents = new Map(decorators.flatMap((each) => each.parents).map((parent) => [mapKey(parent), parent]));
    const kaos = [...parents.values()].filter(({ apiVersion }) => apiVersion.startsWith('kaos'));
    const made = inKind('kaos-crds.yaml').map((manifest) => {
      const { group, names, scope, versions } = anyOf(JSON.stringify(manifest)).spec;
      expect(manifest.metadata.name).toBe(`${names.plural}.${group}`);
      return [`${group}/${versions[0].name}`, names.kind, names.plural, scope];
    });
    const wanted = kaos.map(({ apiVersion, kind, resource }) => [apiVersion, kind, resource, 'Namespaced']);
    expect(made).toEqual(wanted);
  });

  it('create the namespaces of all examples', () => {
    const folders = flags('--filename').filter((file) => file.startsWith('examples/'));
    const wanted = folders
      .flatMap((folder) => filesIn(path.join(ROOT, folder)))
      .flatMap((file) => manifests(readFileSync(file, 'utf8')))
      .flatMap(({ metadata }) => metadata.namespace ?? []);
    const made = inKind('namespaces.yaml').map(({ metadata }) => metadata.name);
    expect(made).toEqual([...new Set(wanted)].sort());
  });

  it('map a port of this machine to the node port of the gateway', () => {
    const [proxy, gatewayClass] = inKind('gateway-class.yaml').map((manifest) => anyOf(JSON.stringify(manifest)));
    const [{ extraPortMappings }] = anyOf(read('tests/kind/cluster.yaml')).nodes;
    const [{ nodePort, port }] = proxy.spec.provider.kubernetes.envoyService.patch.value.spec.ports;
    expect(extraPortMappings).toEqual([
      { containerPort: nodePort, hostPort: Number(new URL(ROUTE).port), listenAddress: '127.0.0.1' },
    ]);
    expect(gatewayClass.spec.parametersRef).toMatchObject({
      kind: proxy.kind,
      name: proxy.metadata.name,
      namespace: proxy.metadata.namespace,
    });
    expect(port).toBe(80);
  });

  withHelm.it('install the chart with a Gateway of the GatewayClass and the image that they bring', () => {
    const objects = charted();
    const gateway = objects.find(({ kind }) => kind === 'Gateway');
    const [, gatewayClass] = inKind('gateway-class.yaml');
    expect(gateway).toMatchObject({
      spec: { gatewayClassName: gatewayClass?.metadata.name, listeners: [{ port: 80 }] },
    });
    const deployment = objects.find(({ kind }) => kind === 'Deployment');
    expect(deployment).toMatchObject({ spec: { template: { spec: { containers: [{ image: IMAGE }] } } } });
  });

  withHelm.it('install the chart with all decorators', () => {
    const made = charted().filter(({ kind }) => /^(Composite|Decorator)Controller$/.test(kind));
    expect(made.map(({ metadata }) => metadata.name).sort()).toEqual(decorators.map(({ name }) => name).sort());
  });

  it('call the path of an example route whose backend they create', async () => {
    const route = await routeOfAgent();
    const [rule] = route.spec.rules;
    expect(ROUTE).toBe(`http://localhost:8080${rule?.matches[0]?.path.value}/health`);
    const service = inKind('agent-stand-in.yaml').find(({ kind }) => kind === 'Service');
    const { name, port } = rule?.backendRefs?.[0] ?? {};
    expect(service).toMatchObject({
      metadata: { name, namespace: route.metadata.namespace },
      spec: { ports: [{ port }] },
    });
  });

  describe('the stand-in for an agent', () => {
    const deployment = anyOf(read('tests/kind/agent-stand-in.yaml'));
    const [container] = deployment.spec.template.spec.containers;
    const [{ containerPort }] = container.ports;
    let stop = () => {};
    afterAll(() => stop());

    it('runs from the loaded image, and answers with the path of the call', async () => {
      expect(container.image).toBe(IMAGE);
      const child = startNode(container.args.map((arg: string) => arg.replace(`listen(${containerPort})`, ANY_PORT)));
      const end = finished(child);
      stop = () => child.kill();
      const port = await new Promise((resolve) => child.stdout?.once('data', resolve));
      const response = await fetch(`http://127.0.0.1:${port}/health`);
      expect(await response.text()).toBe('my-agent was called at /health\n');
      stop();
      await end;
    });
  });
});
