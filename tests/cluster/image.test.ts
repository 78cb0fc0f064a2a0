import { spawn } from 'node:child_process';
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { BUILDAH, type BuiltImage, buildImage } from '../support/built-image.ts';
import { needing } from '../support/needing.ts';
import { finished, ROOT } from '../support/run.ts';
import { portsOf } from '../support/service-process.ts';

const LARGEST_MIB = 200;

needing(BUILDAH).describe('the image that buildah builds from the Dockerfile', () => {
  let image: BuiltImage;
  let files: readonly string[];
  beforeAll(() => {
    image = buildImage();
    files = readdirSync(image.tree, { recursive: true, encoding: 'utf8' });
  }, 300_000);
  afterAll(() => image?.remove(), 120_000);

  const statOf = (file: string) => lstatSync(path.join(image.tree, file));

  it('starts the service as a user without rights, from its folder, on the ports of the chart', () => {
    const { config } = image;
    expect(config).toMatchObject({
      User: '65532:65532',
      Entrypoint: ['/nodejs/bin/node'],
      Cmd: ['build/main.js'],
      WorkingDir: '/app',
      ExposedPorts: { '8080/tcp': {}, '9090/tcp': {} },
    });
    expect(config.Env).toContain('NODE_ENV=production');
    const chart = readFileSync(path.join(ROOT, 'chart/templates/_helpers.tpl'), 'utf8');
    expect(chart).toContain('runAsUser: 65532\n  runAsGroup: 65532\n');
  });

  it('has the programs, the licences and the values that it reads, and no more', () => {
    const programs = ['agent-gateway-hooks', 'fixtures', 'helm-test', 'main'].flatMap((name) => [
      `${name}.js`,
      `${name}.js.map`,
    ]);
    expect(files.filter((file) => file.startsWith('app/')).sort()).toEqual(
      [
        ...['app/build', ...[...programs, 'licences.txt'].map((name) => `app/build/${name}`)],
        ...['app/chart', 'app/chart/values.yaml', 'app/package.json'],
      ].sort(),
    );
  });

  it('has nothing that its user could change, and its user cannot add to it', async () => {
    const script = `const { accessSync, constants, readdirSync } = require('node:fs');
      const all = ['.', ...readdirSync('.', { recursive: true })];
      const writable = all.filter((file) => { try { accessSync(file, constants.W_OK); return true; } catch { return false; } });
      console.log(JSON.stringify({ user: process.getuid(), looked: all.length > 10, writable }));`;
    const { stdout } = await finished(start(...image.config.Entrypoint, '--eval', script));
    expect(JSON.parse(stdout)).toEqual({ user: 65532, looked: true, writable: [] });
  });

  it(`is smaller than ${LARGEST_MIB} MiB`, () => {
    const bytes = files.reduce((sum, file) => sum + statOf(file).size, 0);
    const ours = files.filter((file) => file.startsWith('app/')).reduce((sum, file) => sum + statOf(file).size, 0);
    expect(bytes / 2 ** 20).toBeLessThan(LARGEST_MIB);
    expect(ours / 2 ** 20).toBeLessThan(20);
  });

  it('serves, passes the check of `helm test`, and ends with 0, from these files alone', async () => {
    const { config } = image;
    const service = start(...config.Entrypoint, ...config.Cmd);
    const ended = finished(service);
    const { port, adminPort } = await portsOf(service, ended);
    const admin = `http://127.0.0.1:${adminPort}`;
    expect(await (await fetch(`${admin}/healthz`)).text()).toBe('ok');
    const { version } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
    expect(await (await fetch(`${admin}/version`)).json()).toMatchObject({ version, node: nodeVersion() });
    const hook = `http://127.0.0.1:${port}/kaos-routes/sync`;
    const test = ['build/helm-test.js', '--readyz', `${admin}/readyz`, '--hook', hook];
    const tested = await finished(start(...config.Entrypoint, ...test));
    expect(tested).toEqual({ code: 0, stdout: expect.stringMatching(/readiness: 200\n.* 200\n$/), stderr: '' });
    service.kill('SIGTERM');
    expect(await ended).toMatchObject({ code: 0, stderr: '' });
  });

  /** Starts a program of the image as its user, with its environment, and with ports that are free. */
  function start(...command: readonly string[]) {
    const [program = '', ...args] = [...image.inside, ...command];
    const own = image.config.Env.map((entry) => entry.split(/=(.*)/s).slice(0, 2));
    const ports = { HOST: '127.0.0.1', PORT: '0', ADMIN_PORT: '0', SHUTDOWN_DELAY_SECONDS: '0' };
    return spawn(program, args, { env: { PATH: process.env['PATH'], ...Object.fromEntries(own), ...ports } });
  }
});

/** The stand-in for the base image has the Node of package.json. */
function nodeVersion(): string {
  const { devDependencies } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
  return `v${devDependencies.node}`;
}
