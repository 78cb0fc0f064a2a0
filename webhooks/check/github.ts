import { oneLine } from '../../controllers/data/quote.ts';
import type { Finding } from './finding.ts';

const LEVELS = { error: 'error', warning: 'warning', note: 'notice' } as const;

/** Lines that GitHub shows beside the changed lines: https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions */
export function githubLines(findings: readonly Finding[]): string {
  return findings.map(githubLine).join('');
}

function githubLine({ severity, rule, message, object, place }: Finding): string {
  const at = place === undefined ? [] : [`file=${escaped(place.file)}`, `line=${place.line}`, `col=${place.column}`];
  const properties = [...at, `title=${escaped(rule)}`].join(',');
  const text = object === undefined ? message : `${object}: ${message}`;
  return `::${LEVELS[severity]} ${properties}::${escapedText(text)}\n`;
}

/** As GitHub reads it back. It has no escapes for other characters that move the cursor of whoever reads the log. */
function escapedText(text: string): string {
  return oneLine(text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A'));
}

function escaped(property: string): string {
  return escapedText(property).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
