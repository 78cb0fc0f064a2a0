const LONGEST_QUOTE = 64;
/** Enough for a namespace, a slash and a name of the lengths that Kubernetes allows. */
const LONGEST_SHOWN = 320;
/** The API server allows 32,768 characters in a condition, but people do not read that much. */
const LONGEST_SENTENCE = 2048;

/** Characters that move the cursor, break the line or change the direction of text: controls, formats and separators. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\u2028\u2029]/gu;

/** Puts a text on one line: it escapes unprintable characters. */
export function oneLine(text: string): string {
  return text.replaceAll(
    UNPRINTABLE,
    (character) => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  );
}

/** Prepares a name for a message: on one line, and cut if it is longer than Kubernetes allows. */
export function shown(text: string): string {
  return oneLine(cut(text, LONGEST_SHOWN));
}

/** Prepares a whole message: on one line, and cut if it is too long to read. */
export function sentence(text: string): string {
  // Escapes only make a text longer, so what is cut off needs none.
  return cut(oneLine(text.slice(0, LONGEST_SENTENCE + 1)), LONGEST_SENTENCE);
}

/** Prepares a user's value for a message: in quotes, on one line, and cut if it is long. */
export function quote(text: string): string {
  return oneLine(JSON.stringify(cut(text, LONGEST_QUOTE)));
}

/** The message of a thrown value, which may not be an Error. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

function cut(text: string, longest: number): string {
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
