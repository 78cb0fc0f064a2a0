import { grid, text } from '../../bench/plot.ts';
import type { Report } from './report.ts';

const [WIDTH, LEFT, RIGHT] = [760, 64, 130];
/** Two charts, one below the other: where each one begins and ends. */
const [MEMORY, TIME, HEIGHT] = [[40, 190], [250, 400], 440] as const;
const COLOURS = ['#0b6e4f', '#1f6feb', '#b35900', '#7a3e9d', '#8a8a8a'];
const STEPS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000];

interface Curve {
  readonly name: string;
  /** A value for each minute; null if there is none. */
  readonly values: readonly (number | null)[];
}

/** The memory of each replica and the 50th and 99th percentile of its calls, by the minute, as an SVG. */
export function plot({ perMinute, replicas }: Report): string {
  const minutes = perMinute.length;
  const memory = Array.from({ length: replicas }, (_, index) => ({
    name: `replica ${index + 1}`,
    values: perMinute.map(({ residentMb }) => residentMb[index] ?? null),
  }));
  const times = [
    { name: 'p99', values: perMinute.map(({ p99Ms }) => p99Ms) },
    { name: 'p50', values: perMinute.map(({ p50Ms }) => p50Ms) },
  ];
  const parts = [
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>`,
    ...chart('Memory of each replica, in MB', memory, { place: MEMORY, minutes }),
    ...chart('Milliseconds of a call', times, { place: TIME, minutes }),
    text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 6, 'minutes', 'middle'),
  ];
  const style = 'font-family="sans-serif" font-size="12" fill="#333"';
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" ${style}>\n${parts.join('\n')}\n</svg>\n`;
}

interface Frame {
  readonly place: readonly [number, number];
  readonly minutes: number;
}

function chart(title: string, curves: readonly Curve[], { place: [top, bottom], minutes }: Frame): readonly string[] {
  const most = Math.max(1, ...curves.flatMap(({ values }) => values.map((value) => value ?? 0)));
  const x = (minute: number) => Math.round(LEFT + (minute / Math.max(1, minutes)) * (WIDTH - RIGHT - LEFT));
  const y = (value: number) => Math.round(bottom - (value / most) * (bottom - top));
  return [
    text(LEFT, top - 14, title, 'start'),
    ...ticks(most).map(
      (value) => grid(LEFT, y(value), WIDTH - RIGHT, y(value)) + text(LEFT - 8, y(value) + 4, `${value}`, 'end'),
    ),
    ...ticks(minutes).map(
      (minute) => grid(x(minute), bottom, x(minute), top) + text(x(minute), bottom + 18, `${minute}`, 'middle'),
    ),
    ...curves.map(({ values }, index) => {
      const path = pathOf(values.map((value, minute) => value && `${x(minute + 1)} ${y(value)}`));
      return `<path d="${path}" fill="none" stroke="${COLOURS[index]}" stroke-width="1.5"/>`;
    }),
    ...curves.map(({ name }, index) => {
      const at = { x: WIDTH - RIGHT + 12, y: top + 12 + index * 20 };
      const sample = `<path d="M${at.x} ${at.y - 4}h20" stroke="${COLOURS[index]}" stroke-width="2"/>`;
      return sample + text(at.x + 26, at.y, name, 'start');
    }),
  ];
}

/** A line through the points; where one is missing, it begins anew. */
function pathOf(points: readonly (string | 0 | null)[]): string {
  return points
    .map((point, index) => point && `${points[index - 1] ? 'L' : 'M'}${point}`)
    .filter(Boolean)
    .join('');
}

function ticks(most: number): readonly number[] {
  const step = STEPS.find((each) => most / each <= 6) ?? most;
  return Array.from({ length: Math.floor(most / step) + 1 }, (_, index) => index * step);
}
