import { createHash } from 'node:crypto';
import { graphCommand, SHOP } from '../support/graphs.ts';

/** The commands in the picture of a terminal, whose output is that of these commands. */
export const TERMINAL: readonly (readonly string[])[] = [
  ['check', 'examples/graph/'],
  ['explain', 'agent/research/helper', 'examples/kaos-routes/team.yaml'],
  ['render', '--output', 'table', 'examples/kaos-routes/team.yaml'],
];

/** The page in the pictures of a browser. */
export function page(): string {
  return graphCommand(['--format=html', ...SHOP]).stdout;
}

/** By this a test sees that the pictures of a browser are stale, also where there is none. */
export function digestOf(text: string): string {
  return `${createHash('sha256').update(text, 'utf8').digest('hex')}\n`;
}

export const FOLDER = 'docs/pictures';
