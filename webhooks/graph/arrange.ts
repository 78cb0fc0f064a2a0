import { graphlib, layout } from '@dagrejs/dagre';
import { type Box, boxOf } from './box.ts';
import type { GraphEdge, GraphNode } from './graph.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface PlacedBox extends Box {
  readonly x: number;
  readonly y: number;
}

/** The points by which an arrow passes other boxes, and the middle of its label if it has one. */
export interface Course extends Partial<Point> {
  readonly points: readonly Point[];
}

export interface Arrangement {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly PlacedBox[];
  readonly courseOf: (edge: GraphEdge) => Course;
}

const MARGIN = 16;
/** Between two boxes of a column, and between two columns. */
const GAP = { boxes: 16, columns: 52 };
const LABEL = { letter: 6.4, padding: 14, height: 20 };

/** Places boxes in columns, so that few arrows cross. All boxes of a column are as wide as its widest one, in which their texts are laid out. */
export function arrange(nodes: readonly GraphNode[], edges: readonly GraphEdge[]): Arrangement {
  const narrow = placed(
    nodes.map((node) => boxOf(node)),
    edges,
  );
  const columns = Map.groupBy(narrow.boxes, middleOf);
  const widths = new Map([...columns].map(([x, each]) => [x, Math.max(...each.map(({ width }) => width))]));
  return placed(
    narrow.boxes.map((box) => boxOf(box.node, widths.get(middleOf(box)))),
    edges,
  );
}

function middleOf({ x, width }: PlacedBox): number {
  return Math.round(x + width / 2);
}

function placed(boxes: readonly Box[], edges: readonly GraphEdge[]): Arrangement {
  const drawing = new graphlib.Graph();
  drawing.setGraph({
    ...{ rankdir: 'LR', nodesep: GAP.boxes, edgesep: 12, ranksep: GAP.columns },
    ...{ marginx: MARGIN, marginy: MARGIN },
  });
  for (const { node, width, height } of boxes) {
    drawing.setNode(node.id, { width, height });
  }
  for (const { from, to, kind, label } of edges.toReversed()) {
    // Agents stay beside their gateway. What comes last is placed first.
    drawing.setEdge(from, to, { ...labelSize(label), labelpos: 'c', weight: kind === 'call' ? 4 : 1 });
  }
  layout(drawing);
  const { width = 0, height = 0 } = drawing.graph() as { readonly width?: number; readonly height?: number };
  return {
    // An empty drawing has no size at all.
    width: Math.max(2 * MARGIN, Math.ceil(width)),
    height: Math.max(2 * MARGIN, Math.ceil(height)),
    boxes: entriesFirst(boxes.map((box) => fromMiddle(box, drawing.node(box.node.id) as Point))),
    courseOf: ({ from, to }) => drawing.edge(from, to),
  };
}

export function labelSize(label: string): { readonly width: number; readonly height: number } {
  return label === ''
    ? { width: 0, height: 0 }
    : { width: Math.ceil(label.length * LABEL.letter + LABEL.padding), height: LABEL.height };
}

function fromMiddle(box: Box, { x, y }: Point): PlacedBox {
  return { ...box, x: round(x - box.width / 2), y: round(y - box.height / 2) };
}

export function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** Nobody sees more than this at once, so in a taller picture the clients and the gateways are at the top. */
const TALL = 1200;

function entriesFirst(boxes: readonly PlacedBox[]): readonly PlacedBox[] {
  const isTall = boxes.some(({ y, height }) => y + height > TALL);
  return [...Map.groupBy(boxes, middleOf).values()].flatMap((column) => {
    const isEntry = column.every(({ node }) => node.role === 'clients' || node.role === 'gateway');
    return isTall && isEntry ? fromTop(column) : column;
  });
}

function fromTop(column: readonly PlacedBox[]): readonly PlacedBox[] {
  let y = MARGIN;
  return [...column]
    .sort((a, b) => a.y - b.y)
    .map((box) => {
      const moved = { ...box, y };
      y += box.height + GAP.boxes;
      return moved;
    });
}
