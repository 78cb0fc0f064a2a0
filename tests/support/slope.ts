/** The slope of the line that fits best, by the least squares; 0 if there are not two points apart. */
export function slopeOf(points: readonly (readonly [x: number, y: number])[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / (values.length || 1);
  const [meanX, meanY] = [mean(points.map(([x]) => x)), mean(points.map(([, y]) => y))];
  const top = mean(points.map(([x, y]) => (x - meanX) * (y - meanY)));
  const bottom = mean(points.map(([x]) => (x - meanX) ** 2));
  return bottom === 0 ? 0 : top / bottom;
}
