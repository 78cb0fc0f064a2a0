/** Names for objects' keys, numbers for lists' indices. */
export type Path = readonly (string | number)[];

/** A value of an answer. */
export interface Place {
  readonly value: unknown;
  /** The key or index that leads to it; undefined for the root. */
  readonly step: string | number | undefined;
  /** The value that it is in; undefined for the root. */
  readonly parent: Place | undefined;
}

/** At most so many wrong values of one object are reported. */
const MOST_WRONG = 100;

/**
 * The paths of the wrong values of an object. `path` leads to the object. Users may give many values, and nest them deep, so
 * only wrong values get a path, and the walk does not recurse.
 */
export function pathsWhere(root: unknown, path: Path, isWrong: (place: Place) => boolean): readonly Path[] {
  const wrong: Path[] = [];
  const waiting: Place[] = [{ value: root, step: undefined, parent: undefined }];
  for (let place = waiting.pop(); place !== undefined && wrong.length < MOST_WRONG; place = waiting.pop()) {
    if (isWrong(place)) {
      wrong.push([...path, ...stepsTo(place)]);
    }
    pushInside(place, waiting);
  }
  return wrong;
}

/** Puts the values of a list or an object on the stack, so that the first one is on top. */
function pushInside(place: Place, waiting: Place[]): void {
  const { value } = place;
  if (typeof value === 'object' && value !== null) {
    const inside = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
    for (const [step, item] of inside.reverse()) {
      waiting.push({ value: item, step, parent: place });
    }
  }
}

function stepsTo(place: Place): Path {
  const steps: (string | number)[] = [];
  for (let at: Place | undefined = place; at?.step !== undefined; at = at.parent) {
    steps.push(at.step);
  }
  return steps.reverse();
}

/** `attachments[0].metadata.labels` */
export function fieldAt(path: Path): string {
  return path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`))
    .join('')
    .slice(1);
}
