import { execFileSync } from 'node:child_process';
import { COMMANDS, type DocumentedCommand } from '../../support/documents.ts';
import type { Manifest, Values } from '../../support/helm.ts';
import { ROOT } from '../../support/run.ts';
import type { ControlPlane } from './control-plane.ts';

/** The commands of kaos-runtime.md with this verb and with this text in an argument; throws if there are none. */
export function ofPage(verb: string, part: string): DocumentedCommand[] {
  const found = COMMANDS.filter(
    ({ page, args }) => page === 'docs/kaos-runtime.md' && args[0] === verb && args.some((arg) => arg.includes(part)),
  );
  if (found.length === 0) {
    throw new Error(`kaos-runtime.md: expected a command ${verb} with ${part}`);
  }
  return found;
}

type Command = Pick<DocumentedCommand, 'program' | 'args'>;

/** Runs commands in the repository as a reader does, but with shorter timeouts. Returns their standard output. */
export function runAll({ kubeconfig }: ControlPlane, commands: readonly Command[]): string {
  const options = { cwd: ROOT, env: { ...process.env, KUBECONFIG: kubeconfig }, encoding: 'utf8' } as const;
  const hurried = (arg: string) => arg.replace(/^--timeout=.*/, '--timeout=60s');
  return commands.map(({ program, args }) => execFileSync(program, args.map(hurried), options)).join('');
}

/** Runs the commands that another command printed for its reader. */
export function runPrinted(cluster: ControlPlane, printed: string): string {
  return runAll(cluster, [{ program: 'bash', args: ['-euc', printed] }]);
}

/** The values that helm commands set. */
export function valuesOf(commands: readonly DocumentedCommand[]): Values {
  const settings = commands.flatMap(({ args }) => args.filter((_, index) => args[index - 1] === '--set'));
  return Object.fromEntries(settings.map((setting) => setting.split(/=(.*)/s).slice(0, 2)));
}

/** The command for the kind of a resource, with the resource's own name and namespace in place of `my-agent`. */
export function namedLike({ kind, metadata }: Manifest, commands: readonly DocumentedCommand[]): Command[] {
  const type = `${kind.toLowerCase()}s.kaos.tools`;
  return commands
    .filter(({ args }) => args[1] === type)
    .map(({ program, args: [verb = '', , , flag = '', , ...others] }) => ({
      program,
      args: [verb, type, metadata.name, flag, metadata.namespace ?? '', ...others],
    }));
}
