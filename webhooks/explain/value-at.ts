import { isPlainObject, ownField } from '../../controllers/data/plain-object.ts';

/** The value of a field, such as `spec.mcpServers[0]`; undefined if it is not set. A null counts as not set. */
export function valueAt(object: unknown, path: string): unknown {
  const steps = path.split(/[.[]/);
  const value = steps.reduce<unknown>((within, step) => inside(within, step.replace(/\]$/, '')), object);
  return value ?? undefined;
}

function inside(value: unknown, step: string): unknown {
  if (Array.isArray(value)) {
    return value[Number(step)];
  }
  return isPlainObject(value) ? ownField(value, step) : undefined;
}

/** The paths of the fields below a value that have this text. */
export function pathsOf(value: unknown, text: string, path: string): readonly string[] {
  if (value === text) {
    return [path];
  }
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => pathsOf(item, text, `${path}[${index}]`));
  }
  return isPlainObject(value)
    ? Object.entries(value).flatMap(([name, item]) => pathsOf(item, text, `${path}.${name}`))
    : [];
}
