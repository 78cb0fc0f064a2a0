/** Compares texts by code units, for `sort`. Unlike `localeCompare`, it does not depend on the language of the machine. */
export function codeUnitOrder(a: string, b: string): number {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}
