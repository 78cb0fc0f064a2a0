/** Names for objects' keys, numbers for lists' indices. */
export type Path = readonly (string | number)[];

/** Every value of an answer with the path to it, itself first. */
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

/** `attachments[0].metadata.labels` */
export function fieldAt(path: Path): string {
  return path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`))
    .join('')
    .slice(1);
}
