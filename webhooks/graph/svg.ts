import { labelSize, type PlacedBox, type Point } from './arrange.ts';
import { type BoxRow, gapped, HEAD_HEIGHT, ICON, PADDING, ROW_HEIGHT, STATE_HEIGHT } from './box.ts';
import type { Graph, GraphEdge } from './graph.ts';
import { ICONS, LOCKS } from './icons.ts';
import { BULGE, type Layout, layoutOf, type PlacedLine } from './layout.ts';
import { plainText } from './node-text.ts';
import { accessClass } from './routes.ts';
import { SVG_STYLE } from './svg-style.ts';
import { escaped } from './xml.ts';

/** A picture as a file of its own. It follows the colours of the system. */
export function toSvg(graph: Graph): string {
  const { width, height, ...layout } = layoutOf(graph);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="title description">`,
    '<title id="title">Who calls what</title>',
    `<desc id="description">${escaped(graph.nodes.map(plainText).join('. '))}</desc>`,
    `<style>${SVG_STYLE}</style>`,
    `<rect class="ground" width="${width}" height="${height}"/>`,
    drawing(
      { width, height, ...layout },
      (box, inner) => `<g class="${classOf(box)}"><title>${escaped(plainText(box.node))}</title>${inner}</g>`,
    ),
    '</svg>\n',
  ].join('\n');
}

/** Puts what a node has into an element. */
export type Wrap = (box: PlacedBox, inner: string) => string;

/** The lines, then the boxes, so that no line crosses a text. */
export function drawing({ boxes, lines }: Layout, wrap: Wrap): string {
  return [
    `<defs>${marker('arrow', '')}${marker('broken-arrow', ' broken')}</defs>`,
    ...lines.map(lineOf),
    ...lines.map(lineLabel),
    ...boxes.map((box) => wrap(box, boxParts(box))),
  ].join('\n');
}

export function classOf({ node }: PlacedBox): string {
  return `node ${node.role} ${node.state.level}`;
}

function marker(id: string, extra: string): string {
  return `<marker id="${id}" viewBox="0 0 8 8" refX="7" refY="4" markerUnits="userSpaceOnUse" markerWidth="12" markerHeight="12" orient="auto"><path class="tip${extra}" d="M0 0.5L8 4L0 7.5z"/></marker>`;
}

function lineClass({ kind, isBroken }: GraphEdge): string {
  return `line ${kind}${isBroken ? ' broken' : ''}`;
}

function lineOf({ edge, points }: PlacedLine): string {
  const tip = edge.isBroken ? 'broken-arrow' : 'arrow';
  return `<path class="${lineClass(edge)}" data-from="${edge.from}" data-to="${edge.to}" marker-end="url(#${tip})" d="${curve(points)}"/>`;
}

/** Leaves and reaches each point to the side. */
function curve([first, ...others]: readonly Point[]): string {
  let last = first ?? { x: 0, y: 0 };
  const [end, another] = others;
  if (end !== undefined && another === undefined && end.x <= last.x) {
    const side = Math.max(last.x, end.x) + BULGE * 1.3;
    return `M${last.x} ${last.y}C${side} ${last.y} ${side} ${end.y} ${end.x} ${end.y}`;
  }
  const parts = others.map((point) => {
    const middle = Math.round((last.x + point.x) * 5) / 10;
    const part = `C${middle} ${last.y} ${middle} ${point.y} ${point.x} ${point.y}`;
    last = point;
    return part;
  });
  return `M${first?.x} ${first?.y}${parts.join('')}`;
}

function lineLabel({ edge, label }: PlacedLine): string {
  if (label === undefined) {
    return '';
  }
  const { width, height } = labelSize(edge.label);
  const kind = accessClass(edge.label);
  return [
    `<g class="label ${edge.isBroken ? 'broken' : kind}" data-from="${edge.from}" data-to="${edge.to}">`,
    `<rect x="${label.x - width / 2}" y="${label.y - height / 2}" width="${width}" height="${height}" rx="${height / 2}"/>`,
    `<text x="${label.x}" y="${label.y + 4}" text-anchor="middle">${escaped(edge.label)}</text></g>`,
  ].join('');
}

function boxParts(box: PlacedBox): string {
  const { x, y, width, height, node, caption, name, rows, state } = box;
  const left = x + PADDING;
  return [
    `<rect class="box" x="${x}" y="${y}" width="${width}" height="${height}" rx="10"/>`,
    `<circle class="badge" cx="${left + 12}" cy="${y + 27}" r="14"/>`,
    `<path class="icon" transform="translate(${left + 4} ${y + 19})" d="${ICONS[node.role]}"/>`,
    `<text class="caption" x="${left + ICON}" y="${y + 23}">${escaped(caption)}</text> `,
    `<text class="name" x="${left + ICON}" y="${y + 40}">${escaped(name)}</text> `,
    ...rows.map((row, index) => rowParts(row, { x: left, y: y + HEAD_HEIGHT + index * ROW_HEIGHT })),
    ...state.map((line, index) => {
      const top = y + HEAD_HEIGHT + rows.length * ROW_HEIGHT + index * STATE_HEIGHT;
      return `<text class="state" x="${left}" y="${top + 13}">${escaped(line)}</text> `;
    }),
  ].join('');
}

function rowParts({ access, accessWidth, text }: BoxRow, { x, y }: Point): string {
  const address = `<text class="address" x="${x + gapped(accessWidth)}" y="${y + 15}">${escaped(text)}</text> `;
  if (access === undefined) {
    return address;
  }
  const kind = accessClass(access);
  return [
    `<g class="access ${kind}"><rect x="${x}" y="${y + 1}" width="${accessWidth}" height="19" rx="9.5"/>`,
    `<path transform="translate(${x + 6} ${y + 4.5})" d="${kind === 'open' ? LOCKS.open : LOCKS.closed}"/>`,
    `<text x="${x + 20}" y="${y + 14.5}">${escaped(access)}</text> </g>${address}`,
  ].join('');
}
