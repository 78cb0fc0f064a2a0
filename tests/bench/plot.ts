import { inGroup, type Report, type SyncFigure } from './report.ts';

const [WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM] = [760, 420, 64, 190, 36, 48];
const COLOURS = { unchanged: '#0b6e4f', new: '#1f6feb', floor: '#8a8a8a', peer: '#b35900' } as const;
const TICKS = [1, 2, 5];

interface Curve {
  readonly name: string;
  readonly colour: string;
  /** Agents and milliseconds. */
  readonly points: readonly (readonly [number, number])[];
}

/** The milliseconds of a call by the number of lean agents, on logarithmic axes, as an SVG. A state with one size has no curve. */
export function plot(report: Report): string {
  const lean = inGroup(report, 'sync').filter(({ name }) => name.startsWith('sync/agent-gateway/lean/'));
  const inState = (state: string) => lean.filter((figure) => figure.state === state);
  const curves = [
    curve('new', COLOURS.new, inState('new'), ({ ms }) => ms.median),
    curve('unchanged', COLOURS.unchanged, inState('unchanged'), ({ ms }) => ms.median),
    curve('floor, unchanged', COLOURS.floor, inState('unchanged'), ({ floorMs }) => floorMs.median),
    curve('peer, unchanged', COLOURS.peer, inState('unchanged'), ({ peer }) => peer?.ms.median),
  ].filter(({ points }) => points.length > 1);
  return drawn(curves);
}

function curve(
  name: string,
  colour: string,
  figures: readonly SyncFigure[],
  msOf: (figure: SyncFigure) => number | undefined,
): Curve {
  const points = figures.flatMap((figure) => {
    const ms = msOf(figure);
    return figure.agents === undefined || ms === undefined ? [] : [[figure.agents, ms] as const];
  });
  return { name, colour, points };
}

function drawn(curves: readonly Curve[]): string {
  const all = curves.flatMap(({ points }) => points);
  const x = axis(
    all.map(([agents]) => agents),
    [LEFT, WIDTH - RIGHT],
  );
  const y = axis(
    all.map(([, ms]) => ms),
    [HEIGHT - BOTTOM, TOP],
  );
  const parts = [
    ...x.ticks.map(
      (agents) =>
        grid(x.at(agents), HEIGHT - BOTTOM, x.at(agents), TOP) +
        text(x.at(agents), HEIGHT - BOTTOM + 18, `${agents}`, 'middle'),
    ),
    ...y.ticks.map(
      (ms) => grid(LEFT, y.at(ms), WIDTH - RIGHT, y.at(ms)) + text(LEFT - 8, y.at(ms) + 4, `${ms}`, 'end'),
    ),
    text(LEFT, TOP - 14, 'Milliseconds of one call of a gateway', 'start'),
    text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 10, 'agents, 1.4 KB each', 'middle'),
    ...curves.map(({ points, colour }) => {
      const line = points.map(([agents, ms]) => `${x.at(agents)},${y.at(ms)}`).join(' ');
      return `<polyline points="${line}" fill="none" stroke="${colour}" stroke-width="2"/>`;
    }),
    ...curves.map(({ name, colour }, index) => {
      const place = { x: WIDTH - RIGHT + 16, y: TOP + 12 + index * 22 };
      const sample = `<path d="M${place.x} ${place.y - 4}h22" stroke="${colour}" stroke-width="2"/>`;
      return sample + text(place.x + 30, place.y, name, 'start');
    }),
  ];
  const style = 'font-family="sans-serif" font-size="12" fill="#333"';
  const ground = `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" ${style}>\n${[ground, ...parts].join('\n')}\n</svg>\n`;
}

/** Places for values, and the powers of ten and their double and half that are within them. */
function axis(values: readonly number[], [start, end]: readonly [number, number]) {
  const [low, high] = [Math.min(1e9, ...values), Math.max(1, ...values)].map(Math.log10) as [number, number];
  const at = (value: number) => Math.round(start + ((Math.log10(value) - low) / (high - low || 1)) * (end - start));
  const powers = Array.from({ length: Math.ceil(high) - Math.floor(low) + 1 }, (_, index) => Math.floor(low) + index);
  const all = powers.flatMap((power) => TICKS.map((tick) => Number(`${tick}e${power}`)));
  const within = all.filter((tick) => Math.log10(tick) >= low - 1e-9 && Math.log10(tick) <= high + 1e-9);
  return { at, ticks: within.length > 8 ? within.filter((tick) => Number.isInteger(Math.log10(tick))) : within };
}

export function grid(x1: number, y1: number, x2: number, y2: number): string {
  return `<path d="M${x1} ${y1}L${x2} ${y2}" stroke="#ddd"/>`;
}

export function text(x: number, y: number, shown: string, anchor: 'start' | 'middle' | 'end'): string {
  return `<text x="${x}" y="${y}" text-anchor="${anchor}">${shown}</text>`;
}
