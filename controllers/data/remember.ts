/**
 * The same pure function, with its results for the last texts kept: the answer is the same, and a text that comes again costs only its
 * comparison.
 */
export function remember<Result>(compute: (text: string) => Result, most: number): (text: string) => Result {
  const kept = new Map<string, { readonly result: Result }>();
  return (text) => {
    const entry = kept.get(text) ?? { result: compute(text) };
    kept.delete(text);
    kept.set(text, entry);
    const [oldest] = kept.keys();
    if (kept.size > most && oldest !== undefined) {
      kept.delete(oldest);
    }
    return entry.result;
  };
}
