const LONGEST_QUOTE = 64;

/** A user's text on one line: control characters, quotes and backslashes escaped. */
export function printable(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

/** The same in quotes and cut where it is long, for messages that go where length counts. */
export function quote(text: string): string {
  return JSON.stringify(text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text);
}
