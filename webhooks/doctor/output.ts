import { type Colour, coloured } from '../evaluate/colours.ts';
import { counted } from '../evaluate/counted.ts';
import type { Terminal } from '../verb.ts';
import type { Checked, Diagnosis, Unread } from './diagnose.ts';
import type { Finding } from './finding.ts';
import { inTarget, type Target } from './mend.ts';
import { type Command, shellLines, shellText } from './shell.ts';
import { field, wrapped } from './text.ts';

/** The formats of `--output`. */
export const DOCTOR_OUTPUTS = ['text', 'json'] as const;
export type DoctorOutput = (typeof DOCTOR_OUTPUTS)[number];

/** What is printed besides the checks. */
export interface Report extends Diagnosis {
  /** `Kubernetes v1.36.3, release kaos-system/agent-gateway-hooks 0.1.0` */
  readonly about: string;
  readonly target: Target;
}

export function printReport(report: Report, output: DoctorOutput, terminal: Terminal): string {
  return output === 'json' ? jsonText(report) : text(report, terminal);
}

/** All findings in the order in which to mend them. */
export function findingsIn({ checks }: Pick<Report, 'checks'>): readonly Finding[] {
  return checks.flatMap(({ findings }) => findings);
}

function jsonText({ checks, unread, about, target }: Report): string {
  const printed = checks.map((check) => ({
    ...check,
    findings: check.findings.map((finding) => ({
      ...finding,
      mend: cures(finding).map((command) => shellText(inTarget(command, target))),
      look: looks(finding).map((command) => shellText(inTarget(command, target))),
    })),
  }));
  return `${JSON.stringify({ about, checks: printed, notLookedAt: unread }, null, 2)}\n`;
}

/** Wider lines are hard to read, and narrower ones break commands between all words. */
const WIDEST = 80;
const NARROWEST = 40;

function text(report: Report, terminal: Terminal): string {
  const width = Math.max(NARROWEST, Math.min(terminal.width ?? WIDEST, WIDEST));
  const blocks = [
    wrapped(report.about, width).join('\n'),
    report.checks.map((check) => verdictLine(check, terminal)).join('\n'),
    ...findingsIn(report).map((finding, index) => findingText(finding, index + 1, { report, width, terminal })),
    ...report.unread.map((unread) => unreadText(unread, width)),
    wrapped(summary(report), width).join('\n'),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

/** The words say the same without them. */
const COLOURS: Readonly<Record<Checked['verdict'], Colour | undefined>> = {
  ok: undefined,
  missing: 'red',
  wrong: 'red',
  warning: 'yellow',
  unknown: 'cyan',
};

const LONGEST_VERDICT = 'warning'.length;

function verdictLine({ title, verdict, findings }: Checked, terminal: Terminal): string {
  const count = findings.length > 1 ? ` (${findings.length})` : '';
  return `${withColour(verdict, verdict.padEnd(LONGEST_VERDICT), terminal)}  ${title}${count}`;
}

function withColour(verdict: Checked['verdict'], word: string, { hasColours }: Terminal): string {
  const colour = COLOURS[verdict];
  return hasColours && colour !== undefined ? coloured(word, colour) : word;
}

interface Page {
  readonly report: Report;
  readonly width: number;
  readonly terminal: Terminal;
}

function findingText(finding: Finding, number: number, { report, width, terminal }: Page): string {
  const { severity, state, object, seen, expected, advice, page } = finding;
  const word = severity === 'warning' ? 'warning' : state;
  const [first = '', ...rest] = wrapped(`${number}. ${word}: ${object}`, width);
  const commands = (label: string, of: readonly Command[]) => {
    const lines = of.flatMap((command) => shellLines(inTarget(command, report.target), width - INDENT));
    return lines.length === 0 ? [] : [`   ${label}:`, ...lines.map((line) => `${' '.repeat(INDENT)}${line}`)];
  };
  return [
    first.replace(word, withColour(word, word, terminal)),
    ...rest.map((line) => `   ${line}`),
    ...field('seen', seen, width),
    ...field('expected', expected, width),
    ...(advice === undefined ? [] : field('note', advice, width)),
    ...commands('mend', cures(finding)),
    ...commands('look', looks(finding)),
    ...field('page', page, width),
  ].join('\n');
}

/** The commands that change something, and those that only show what a reader must decide. */
const cures = ({ mend }: Finding) => mend.filter((command) => !isLook(command));
const looks = ({ mend }: Finding) => mend.filter(isLook);

function isLook([program, verb = '']: Command): boolean {
  return program === 'kubectl' && ['auth', 'config', 'describe', 'get', 'logs', 'version'].includes(verb);
}

/** Of the lines of a command. */
const INDENT = 6;

function unreadText({ resource, why }: Unread, width: number): string {
  return [`not looked at: ${resource}`, ...field('why', why, width)].join('\n');
}

function summary(report: Report): string {
  const findings = findingsIn(report);
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const warnings = findings.length - errors;
  const blind = report.checks.filter(({ verdict }) => verdict === 'unknown').length;
  const counts = [counted(errors, 'error'), counted(warnings, 'warning')];
  const all = blind === 0 ? counts : [...counts, `${counted(blind, 'check')} not made`];
  const order = errors + warnings > 1 ? ' Mend from the top: later findings may be consequences of earlier ones.' : '';
  return `${all.join(', ')}.${order}`;
}
