import { arrange, type Course, type PlacedBox, type Point, round } from './arrange.ts';
import { HEAD_HEIGHT, ROW_HEIGHT } from './box.ts';
import type { Graph, GraphEdge, GraphNode } from './graph.ts';

/** Where everything is, in pixels from the upper left corner. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  /** From left to right, and in each column from top to bottom. */
  readonly boxes: readonly PlacedBox[];
  readonly lines: readonly PlacedLine[];
}

export interface PlacedLine {
  readonly edge: GraphEdge;
  readonly points: readonly Point[];
  /** The middle of its label. */
  readonly label: Point | undefined;
}

type Column = Pick<PlacedBox, 'x' | 'width'>;

/** Places the boxes, and leads the arrows between them. */
export function layoutOf({ nodes, edges: all }: Graph): Layout {
  const edges = withoutRepeated(all, nodes);
  const roles = new Map(nodes.map(({ id, role }) => [id, role]));
  const isPeer = ({ from, to }: GraphEdge) => roles.get(from) === 'agent' && roles.get(to) === 'agent';
  const { width, height, boxes, courseOf } = arrange(
    nodes,
    edges.filter((edge) => !isPeer(edge)),
  );
  const byId = new Map(boxes.map((box) => [box.node.id, box]));
  const columns = [...new Map(boxes.map((box): [number, Column] => [box.x, box])).values()];
  const lines = edges.flatMap((edge): readonly PlacedLine[] => {
    const ends = { from: byId.get(edge.from), to: byId.get(edge.to) };
    if (!hasEnds(ends)) {
      return [];
    }
    return [isPeer(edge) ? peerLine(edge, ends) : placedLine(edge, ends, { course: courseOf(edge), columns })];
  });
  return { width, height, boxes: [...boxes].sort((a, b) => a.x - b.x || a.y - b.y), lines };
}

interface Ends {
  readonly from: PlacedBox;
  readonly to: PlacedBox;
}

function hasEnds(ends: { readonly [end in keyof Ends]: PlacedBox | undefined }): ends is Ends {
  return ends.from !== undefined && ends.to !== undefined;
}

/** A box says who may call and what is broken, so the arrow to it does not. Only a reference can be broken while its target is not. */
function withoutRepeated(edges: readonly GraphEdge[], nodes: readonly GraphNode[]): readonly GraphEdge[] {
  const broken = new Set(nodes.filter(({ state }) => state.level === 'broken').map(({ id }) => id));
  return edges.map((edge) => (edge.isBroken && !broken.has(edge.to) ? edge : { ...edge, label: '' }));
}

interface Way {
  readonly course: Course;
  readonly columns: readonly Column[];
}

function placedLine(edge: GraphEdge, { from, to }: Ends, { course, columns }: Way): PlacedLine {
  const { points, x, y } = course;
  const label = edge.label === '' || x === undefined || y === undefined ? undefined : { x: round(x), y: round(y) };
  const between = points.slice(1, -1).flatMap((point) => acrossColumn(point, columns, label));
  const isForward = from.x + from.width < to.x;
  const line = isForward ? [startOf(from), ...between, endOf(to, edge)] : points;
  return { edge, points: line.map((point) => ({ x: round(point.x), y: round(point.y) })), label };
}

/** Between boxes of a column a line is straight. Between two columns it needs no point, but for its label. */
function acrossColumn(point: Point, columns: readonly Column[], label: Point | undefined): readonly Point[] {
  const column = columns.find(({ x, width }) => x <= point.x && point.x <= x + width);
  if (column !== undefined) {
    return [
      { x: column.x, y: point.y },
      { x: column.x + column.width, y: point.y },
    ];
  }
  return label !== undefined && Math.abs(label.x - point.x) < 1 ? [point] : [];
}

/** How far an arrow within a column goes to the side. */
export const BULGE = 40;

/** Agents that call each other are beside each other, so such an arrow has no column of its own. */
function peerLine(edge: GraphEdge, { from, to }: Ends): PlacedLine {
  const isBeside = from.x === to.x;
  const start = startOf(from);
  const end = isBeside ? { x: to.x + to.width, y: round(to.y + to.height / 3) } : endOf(to, edge);
  const middle = { x: round((start.x + end.x) / 2 + (isBeside ? BULGE : 0)), y: round((start.y + end.y) / 2) };
  return { edge, points: [start, end], label: edge.label === '' ? undefined : middle };
}

function startOf({ x, y, width, height }: PlacedBox): Point {
  return { x: round(x + width), y: round(y + height / 2) };
}

/** An arrow from a gateway ends at the address there. */
function endOf({ x, y, height, rows }: PlacedBox, { from }: GraphEdge): Point {
  const row = rows.findIndex(({ through }) => through === from);
  return { x, y: round(row < 0 ? y + height / 2 : y + HEAD_HEIGHT + (row + 0.5) * ROW_HEIGHT) };
}
