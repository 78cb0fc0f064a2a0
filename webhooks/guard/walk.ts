/** The steps to a value: strings are keys of objects, numbers are indices of lists. */
export type Path = readonly (string | number)[];

/** Yields a value and all values inside it, each with its path. */
export function* walk(value: unknown, path: Path): Generator<{ readonly path: Path; readonly value: unknown }> {
  yield { path, value };
  if (typeof value === 'object' && value !== null) {
    for (const [step, item] of stepsOf(value)) {
      yield* walk(item, [...path, step]);
    }
  }
}

function stepsOf(value: object): Iterable<[string | number, unknown]> {
  return Array.isArray(value) ? value.entries() : Object.entries(value);
}

/** A path as text: `attachments[0].metadata.labels`. */
export function fieldAt(path: Path): string {
  return path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`))
    .join('')
    .slice(1);
}
