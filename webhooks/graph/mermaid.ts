import type { Graph, GraphEdge, GraphNode, Role } from './graph.ts';
import { stateText } from './state.ts';

/** Each role has a shape of its own: https://mermaid.js.org/syntax/flowchart.html */
const SHAPES: Readonly<Record<Role, readonly [string, string]>> = {
  clients: ['([', '])'],
  gateway: ['{{', '}}'],
  agent: ['[', ']'],
  tools: ['[[', ']]'],
  memory: ['[(', ')]'],
  model: ['(', ')'],
  other: ['>', ']'],
};

/** A flowchart of Mermaid, for Markdown on GitHub and elsewhere. What is broken has a dashed line, a sign and a word. */
export function toMermaid({ nodes, edges }: Graph): string {
  const broken = nodes.filter(({ state }) => state.level === 'broken').map(({ id }) => id);
  const dashed = edges.flatMap(({ isBroken }, index) => (isBroken ? [index] : []));
  const lines = [
    'flowchart LR',
    ...nodes.map(nodeLine),
    ...edges.map(edgeLine),
    'classDef broken stroke:#cf222e,stroke-width:2px,stroke-dasharray:6 4',
    ...(broken.length > 0 ? [`class ${broken.join(',')} broken`] : []),
    ...(dashed.length > 0 ? [`linkStyle ${dashed.join(',')} stroke:#cf222e`] : []),
  ];
  return `${lines[0]}\n${lines
    .slice(1)
    .map((line) => `  ${line}\n`)
    .join('')}`;
}

function nodeLine({ id, role, title, rows, state }: GraphNode): string {
  const [open, close] = SHAPES[role];
  const texts = [title, ...rows.map(({ access = '', text }) => `${access} ${text}`.trim()), stateText(state)];
  const label = texts
    .filter((text) => text !== '')
    .map(escaped)
    .join('<br/>');
  return `${id}${open}"${label}"${close}`;
}

function edgeLine({ from, to, label, isBroken }: GraphEdge): string {
  const arrow = isBroken ? '-.->' : '-->';
  return label === '' ? `${from} ${arrow} ${to}` : `${from} ${arrow}|"${escaped(label)}"| ${to}`;
}

/** Everything that could mean something in Mermaid, Markdown or HTML as the number of its character. */
function escaped(text: string): string {
  return text.replaceAll(/[^\p{L}\p{N} ./:+,·✗!–-]|^[-+]/gu, (character) => `#${character.codePointAt(0)};`);
}
