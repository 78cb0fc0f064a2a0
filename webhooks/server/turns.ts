/** Runs work in turns: one piece, and then whatever else waits, such as probes, before the next. */
export type InTurn = (work: () => void) => void;

/** Makes turns of their own. Work that arrives while other work waits is put behind it. */
export function createTurns(): InTurn {
  const waiting: (() => void)[] = [];
  const next = () => {
    // Before it runs, so that an exception does not stop those behind it.
    if (waiting.length > 1) {
      setImmediate(next);
    }
    waiting.shift()?.();
  };
  return (work) => {
    waiting.push(work);
    if (waiting.length === 1) {
      setImmediate(next);
    }
  };
}
