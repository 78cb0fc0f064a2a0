/** The path of a field of the object at this path, as `spec.container.env[0].name`. The path of a whole document is empty. */
export function inside(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}
