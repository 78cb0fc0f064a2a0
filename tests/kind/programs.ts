import { spawnSync } from 'node:child_process';

/** The programs that `npm run kind` calls, each with arguments that only check whether it works. */
const PROGRAMS = {
  docker: ['info'],
  kind: ['version'],
  kubectl: ['version', '--client'],
  helm: ['version'],
  curl: ['--version'],
} as const satisfies Record<string, readonly string[]>;

export type Program = keyof typeof PROGRAMS;

const PROBE_MS = 30_000;

/** A line for each program that is missing or does not work. */
export function missing(): string[] {
  return Object.entries(PROGRAMS).flatMap(([program, args]) => {
    const { error, status } = spawnSync(program, args, { stdio: 'ignore', timeout: PROBE_MS });
    if (error) {
      return [`${program} is not on PATH, or did not answer`];
    }
    return status === 0 ? [] : [`${program}: \`${program} ${args.join(' ')}\` fails`];
  });
}
