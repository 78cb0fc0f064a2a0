import type { GraphNode } from './graph.ts';
import { stateText } from './state.ts';

/** A node in words, for who does not see it: `Agent research/lead: open /research/agent/lead · 120s; ! a warning`. */
export function plainText({ title, rows, state, why }: GraphNode): string {
  const said = [
    ...rows.map(({ access = '', text }) => `${access} ${text}`.trim()),
    [stateText(state), why].filter((text) => text).join(': '),
  ].filter((text) => text !== '');
  return said.length > 0 ? `${title}: ${said.join('; ')}` : title;
}
