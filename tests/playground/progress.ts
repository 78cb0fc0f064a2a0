/** Prints the steps of the start, each with its time. */
export interface Progress {
  readonly step: <Result>(says: string, work: () => Promise<Result>) => Promise<Result>;
  /** Prints a line during a step. */
  readonly say: (line: string) => void;
}

/** Prints with this function. */
export function progress(print: (text: string) => unknown): Progress {
  return {
    step: async (says, work) => {
      print(`${says} ...\n`);
      const start = performance.now();
      const result = await work();
      print(`  ${((performance.now() - start) / 1000).toFixed(1)} s\n`);
      return result;
    },
    say: (line) => print(`  ${line.trim().replaceAll('\n', '\n    ')}\n`),
  };
}
