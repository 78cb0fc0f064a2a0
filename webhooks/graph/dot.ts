import type { Graph, GraphEdge, GraphNode, Role } from './graph.ts';
import { stateText } from './state.ts';

/** Each role has a shape of its own: https://graphviz.org/doc/info/shapes.html */
const SHAPES: Readonly<Record<Role, string>> = {
  clients: 'oval',
  gateway: 'hexagon',
  agent: 'box',
  tools: 'component',
  memory: 'cylinder',
  model: 'box3d',
  other: 'note',
};

/** A graph for Graphviz: `dot -Tpdf`. What is broken has a dashed line, a sign and a word. */
export function toDot({ nodes, edges }: Graph): string {
  const lines = [
    'rankdir=LR;',
    'node [fontname="Helvetica,Arial,sans-serif" fontsize=11];',
    'edge [fontname="Helvetica,Arial,sans-serif" fontsize=10];',
    ...nodes.map(nodeLine),
    ...edges.map(edgeLine),
  ];
  return `digraph gateway {\n${lines.map((line) => `  ${line}\n`).join('')}}\n`;
}

const BROKEN = ' style=dashed color="#cf222e"';

function nodeLine({ id, role, title, rows, state }: GraphNode): string {
  const texts = [title, ...rows.map(({ access = '', text }) => `${access} ${text}`.trim()), stateText(state)];
  const label = texts
    .filter((text) => text !== '')
    .map(escaped)
    .join('\\n');
  return `${id} [label="${label}" shape=${SHAPES[role]}${state.level === 'broken' ? BROKEN : ''}];`;
}

function edgeLine({ from, to, label, isBroken }: GraphEdge): string {
  const attributes = `${label === '' ? '' : ` label="${escaped(label)}"`}${isBroken ? BROKEN : ''}`.trim();
  return `${from} -> ${to}${attributes === '' ? '' : ` [${attributes}]`};`;
}

/** Within quotes. Graphviz also reads entities of HTML, and escapes such as \\N. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('\\', '\\\\').replaceAll('"', '\\"');
}
