/** Stands for any text in a pattern of names. */
export const ANY_TEXT = '*';

/**
 * Whether a name fits a pattern, in which an asterisk stands for any text. The parts between asterisks are looked for from left to
 * right: a regular expression with several of them would take a time that grows with a power of the name's length.
 */
export function fitsPattern(name: string, pattern: string): boolean {
  const [first = '', ...others] = pattern.split(ANY_TEXT);
  const last = others.pop();
  if (last === undefined) {
    return name === first;
  }
  const middle = name.slice(first.length, name.length - last.length);
  const isFramed = name.length >= first.length + last.length && name.startsWith(first) && name.endsWith(last);
  return isFramed && others.reduce((rest, part) => after(rest, part), { text: middle, isFound: true }).isFound;
}

/** What follows the first occurrence of a part. */
function after({ text, isFound }: { readonly text: string; readonly isFound: boolean }, part: string) {
  const index = text.indexOf(part);
  return { text: text.slice(index + part.length), isFound: isFound && index >= 0 };
}
