import { readFileSync } from 'node:fs';
import path from 'node:path';

const TEMPLATES = path.join(import.meta.dirname, '../../chart/templates');
const read = (file: string) => readFileSync(path.join(TEMPLATES, file), 'utf8');

const VARIABLE = /^([A-Z_]+): (.*)$/;
const OPENING = /^\{\{-? (define|if|with)\b/;
const CLOSING = /^\{\{-? end\b/;
const VALUE = /\.Values\.([\w.]+)/;

/** An open block of a template: the value that it tests, or within which it reads. */
interface Block {
  readonly value: string | undefined;
  readonly isWithin: boolean;
}

/** The chart's value for each variable of the service, as the template of the settings has it. */
export function chartValues(): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const blocks: Block[] = [];
  for (const line of read('_settings.tpl').split('\n')) {
    const [, variable, expression = ''] = VARIABLE.exec(line) ?? [];
    if (variable !== undefined) {
      const value = chartValueIn(expression, blocks);
      found.set(variable, value ?? '');
    }
    if (OPENING.test(line)) {
      blocks.push(blockOf(line, blocks));
    } else if (CLOSING.test(line)) {
      blocks.pop();
    }
  }
  return found;
}

function blockOf(line: string, blocks: readonly Block[]): Block {
  const [, inner] = /\bwith \.([a-z][\w.]+)/.exec(line) ?? [];
  const value = inner === undefined ? VALUE.exec(line)?.[1] : `${valueAround(blocks)}.${inner}`;
  return { value, isWithin: /\bwith\b/.test(line) };
}

const valueAround = (blocks: readonly Block[]) => blocks.findLast(({ isWithin }) => isWithin)?.value;

function chartValueIn(expression: string, blocks: readonly Block[]): string | undefined {
  const [, named] = /include "([^"]+)"/.exec(expression) ?? [];
  const text = named === undefined || named.endsWith('.mounts') ? expression : bodyOf(named);
  const [, direct] = VALUE.exec(text) ?? [];
  const [, inner] = /[( ]\.([a-z][\w.]+)/.exec(text) ?? [];
  const around = valueAround(blocks);
  if (direct === undefined && inner !== undefined && around !== undefined) {
    return `${around}.${inner}`;
  }
  return direct ?? blocks.findLast(({ isWithin }) => !isWithin)?.value;
}

/** The text of a named template. */
function bodyOf(name: string): string {
  const [, body = ''] = new RegExp(`define "${name}" -}}\\n(.*?)\\n{{- end`, 's').exec(read('_helpers.tpl')) ?? [];
  return body;
}
