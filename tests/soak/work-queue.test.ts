import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { workQueue } from './engine/work-queue.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('works on a key again until it succeeds, twice as long after each failure', async () => {
  const at: number[] = [];
  const start = Date.now();
  const queue = workQueue(async () => {
    at.push(Date.now() - start);
    if (at.length < 4) {
      throw new Error('fails');
    }
    return {};
  });
  queue.add('a');
  await vi.advanceTimersByTimeAsync(1);
  expect(queue.failing()).toEqual(['a']);
  await vi.advanceTimersByTimeAsync(1000);
  expect(at).toEqual([0, 5, 15, 35]);
  expect([queue.retries(), queue.failing()]).toEqual([3, []]);
});

it('works on a key once at a time, and again if it was added meanwhile', async () => {
  let running = 0;
  let runs = 0;
  const queue = workQueue(async () => {
    running += 1;
    runs += 1;
    expect(running).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 10));
    running -= 1;
    return {};
  });
  queue.add('a');
  queue.add('a');
  queue.add('a');
  await vi.advanceTimersByTimeAsync(100);
  expect(runs).toBe(2);
});

it('works on a key again after the time that its work asks for, and at the earliest of two', async () => {
  const at: number[] = [];
  const start = Date.now();
  const queue = workQueue(async () => {
    at.push(Date.now() - start);
    return at.length === 1 ? { again: 1000 } : at.length === 2 ? { again: 30_000 } : {};
  });
  queue.add('a');
  await vi.advanceTimersByTimeAsync(500);
  queue.add('a');
  await vi.advanceTimersByTimeAsync(2000);
  expect(at).toEqual([0, 500, 1000]);
});
