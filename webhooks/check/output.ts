import { oneLine } from '../../controllers/data/quote.ts';
import { type Colour, coloured } from '../evaluate/colours.ts';
import { counted } from '../evaluate/counted.ts';
import { placeText } from '../evaluate/places.ts';
import type { Terminal } from '../verb.ts';
import type { Finding, Severity } from './finding.ts';
import { githubLines } from './github.ts';
import { sarifLog } from './sarif.ts';

/** The formats of `--output`. */
export const CHECK_OUTPUTS = ['text', 'json', 'sarif', 'github'] as const;
export type CheckOutput = (typeof CHECK_OUTPUTS)[number];

/** The findings and the number of documents. */
export interface Checked {
  readonly findings: readonly Finding[];
  readonly objects: number;
}

/** The text for standard output. */
export function printChecked(checked: Checked, output: CheckOutput, terminal: Terminal): string {
  switch (output) {
    case 'text':
      return `${checked.findings.map((finding) => textLine(finding, terminal.hasColours)).join('')}${summary(checked)}\n`;
    case 'json':
      return `${JSON.stringify({ ...checked, ...countsOf(checked.findings) }, null, 2)}\n`;
    case 'sarif':
      return `${JSON.stringify(sarifLog(checked.findings), null, 2)}\n`;
    case 'github':
      return githubLines(checked.findings);
  }
}

const COLOURS: Readonly<Record<Severity, Colour>> = { error: 'red', warning: 'yellow', note: 'cyan' };

/** `team.yaml:12:5: error: Agent research/helper: spec.x: … (InvalidField)`, as editors and terminals link it. */
function textLine({ severity, rule, message, object, place }: Finding, hasColours: boolean): string {
  const at = place === undefined ? '' : `${oneLine(placeText(place))}: `;
  const level = hasColours ? coloured(severity, COLOURS[severity]) : severity;
  const name = object === undefined ? '' : `${object}: `;
  return `${at}${level}: ${name}${message} (${rule})\n`;
}

function summary({ findings, objects }: Checked): string {
  const { errors, warnings } = countsOf(findings);
  return `${counted(objects, 'object')}: ${counted(errors, 'error')}, ${counted(warnings, 'warning')}`;
}

function countsOf(findings: readonly Finding[]): { readonly errors: number; readonly warnings: number } {
  const count = (severity: Severity) => findings.filter((finding) => finding.severity === severity).length;
  return { errors: count('error'), warnings: count('warning') };
}
