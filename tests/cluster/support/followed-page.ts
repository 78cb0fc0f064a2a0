import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startLocalCluster } from '../../local-cluster/local-cluster.ts';
import { pastedCommands } from '../../support/documents.ts';
import { finished, ROOT } from '../../support/run.ts';
import { part } from './parts.ts';
import { freePort } from './processes.ts';
import { type Followed, SUBSTITUTIONS } from './substitutions.ts';

/** Runs all commands of a page in order, in an empty cluster, and returns what each printed. */
export async function follow(page: string): Promise<readonly string[]> {
  const said: string[] = [];
  const cluster = await startLocalCluster((line) => said.push(line));
  const folder = mkdtempSync(path.join(tmpdir(), 'page-'));
  const followed: Followed = { cluster, gatewayPort: await freePort(), started: [], ports: new Map() };
  const printed: string[] = [];
  try {
    for (const command of pastedCommands(page)) {
      const substitution = SUBSTITUTIONS.find((each) => each.command.test(command));
      await substitution?.run(followed);
      printed.push(substitution ? substitution.instead : await pasted(command, followed, folder));
    }
    return printed;
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : error}\n${said.join('\n')}`);
  } finally {
    await Promise.all(followed.started.map(({ stop }) => stop()));
    await cluster.stop();
    rmSync(folder, { recursive: true });
  }
}

/** Runs a command as the shell of a reader does, in the folder of the project. Throws if it fails. */
export async function pasted(
  command: string,
  { cluster, ports }: Pick<Followed, 'cluster' | 'ports'>,
  folder: string,
): Promise<string> {
  const { PATH = '', KUBECTL, HOME = '' } = process.env;
  const programs = Object.entries({ helm: part('helm'), kubectl: KUBECTL });
  for (const [name, program] of programs) {
    rmSync(path.join(folder, name), { force: true });
    if (program) {
      symlinkSync(program, path.join(folder, name));
    }
  }
  writeFileSync(path.join(folder, '.curlrc'), connections(ports));
  const env = { HOME, PATH: `${folder}:${PATH}`, KUBECONFIG: cluster.kubeconfig, CURL_HOME: folder };
  const { code, stdout, stderr } = await finished(
    spawn('bash', ['--norc', '-euo', 'pipefail', '-c', command], { cwd: ROOT, env }),
  );
  if (code !== 0) {
    throw new Error(`ended with ${code}: ${command}\n${stdout}${stderr}`);
  }
  return stdout;
}

/** A configuration of curl that leads the addresses of the page to ports of this machine. */
function connections(ports: ReadonlyMap<string, number>): string {
  return [...ports].map(([asked, port]) => `connect-to = "${asked}:127.0.0.1:${port}"\n`).join('');
}
