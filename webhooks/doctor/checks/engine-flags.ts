import { type Engine, flagOf } from '../engine.ts';
import { fieldAt, mapsAt, textsAt } from '../fields.ts';
import type { Finding } from '../finding.ts';
import { warning } from '../finding.ts';
import type { Installation } from '../installation.ts';
import { nameText } from '../item.ts';
import { helm, kubectl } from '../mend.ts';
import type { Command } from '../shell.ts';
import { ENGINE_CHART } from './engine.ts';

interface Recommended {
  readonly flag: string;
  readonly value: string;
  /** What Metacontroller takes without the flag. */
  readonly byDefault: string;
  readonly reason: string;
}

/** As docs/metacontroller-values.yaml has them; a test compares. */
export const RECOMMENDED: readonly Recommended[] = [
  {
    flag: '--apply-strategy',
    value: 'server-side-apply',
    byDefault: 'dynamic-apply',
    reason: 'it keeps fields of others, and a gateway may have more than some 230 agents',
  },
  { flag: '--client-go-qps', value: '200', byDefault: '5', reason: 'calls a second, of all controllers together' },
  { flag: '--client-go-burst', value: '400', byDefault: '10', reason: 'calls at once' },
  { flag: '--workers', value: '20', byDefault: '5', reason: 'parents of a controller at once' },
];

/** Metacontroller has the flags that the documents recommend, or better ones. */
export function engineFlagFindings({ engines }: Installation): readonly Finding[] {
  return engines.slice(0, 1).flatMap((engine) => {
    const other = RECOMMENDED.filter((each) => !isMet(engine, each));
    return other.length === 0 ? [] : [flagFinding(engine, other)];
  });
}

function isMet(engine: Engine, { flag, value, byDefault }: Recommended): boolean {
  const given = flagOf(engine, flag) ?? byDefault;
  return given === value || Number(given) >= Number(value);
}

function flagFinding(engine: Engine, other: readonly Recommended[]): Finding {
  const seen = other.map(({ flag, byDefault }) => {
    const given = flagOf(engine, flag);
    return given === undefined ? `no ${flag}, so ${byDefault}` : `${flag}=${given}`;
  });
  return warning({
    object: nameText(engine.workload),
    seen: seen.join('; '),
    expected: other.map(({ flag, value, reason }) => `${flag}=${value} (${reason})`).join('; '),
    mend: [mendFlags(engine, other)],
    page: 'docs/install.md#metacontroller',
  });
}

function mendFlags({ workload, helmRelease, version }: Engine, other: readonly Recommended[]): Command {
  const { kind, name, namespace, object } = workload;
  const [container] = mapsAt(object, 'spec', 'template', 'spec', 'containers');
  const kept = withoutFlags(textsAt(container, 'args'), other);
  const args = [...kept, ...other.map(({ flag, value }) => `${flag}=${value}`)];
  if (helmRelease !== undefined) {
    const same = version === '' ? [] : ['--version', version];
    const values = ['--reset-then-reuse-values', '--set-json', `commandArgs=${JSON.stringify(args)}`];
    return helm('upgrade', helmRelease, ENGINE_CHART, ...same, '--namespace', namespace, ...values);
  }
  const op = fieldAt(container, 'args') === undefined ? 'add' : 'replace';
  const patch = [{ op, path: '/spec/template/spec/containers/0/args', value: args }];
  const patched = ['--namespace', namespace, '--type=json', `--patch=${JSON.stringify(patch)}`];
  return kubectl('patch', kind.toLowerCase(), name, ...patched);
}

/** The arguments without these flags, and without their values in arguments of their own. */
function withoutFlags(args: readonly string[], flags: readonly Recommended[]): readonly string[] {
  const names = flags.map(({ flag }) => flag);
  return args.filter(
    (arg, index) => !names.some((name) => arg === name || arg.startsWith(`${name}=`) || args[index - 1] === name),
  );
}
