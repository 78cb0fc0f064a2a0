import { expect, it } from 'vitest';
import { planOf, type SoakEvent } from './plan/events.ts';

const COUNT = 2000;

function eventsOf(seed: number): readonly SoakEvent[] {
  const { events } = planOf(seed, 3);
  return Array.from({ length: COUNT }, () => events.next().value);
}

it('makes the same events in the same order from the same seed, and others from another', () => {
  expect(eventsOf(1)).toEqual(eventsOf(1));
  expect(eventsOf(1)).not.toEqual(eventsOf(2));
});

it('makes every kind of event, and never kills the first replica', () => {
  const events = eventsOf(1);
  expect(new Set(events.map(({ what }) => what)).size).toBe(21);
  const ended = events.flatMap((event) =>
    event.type === 'trouble' && (event.trouble.what === 'kill' || event.trouble.what === 'restart')
      ? [event.trouble.replica]
      : [],
  );
  expect(new Set(ended)).toEqual(new Set([1, 2]));
});
