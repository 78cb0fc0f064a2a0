const LONGEST_QUOTE = 64;
/** A namespace, a slash and a name, each as long as Kubernetes allows. */
const LONGEST_SHOWN = 320;
/** The API server takes 32,768 characters in a condition; people read less. */
const LONGEST_SENTENCE = 2048;

/** Characters that move the cursor, break the line or turn the text around: controls, formats and separators. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\u2028\u2029]/gu;

/** A text on one line, whatever is in it: what cannot be printed is escaped. */
export function oneLine(text: string): string {
  return text.replaceAll(
    UNPRINTABLE,
    (character) => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  );
}

/** A name for messages: on one line, and cut where it is longer than Kubernetes allows. */
export function shown(text: string): string {
  return oneLine(cut(text, LONGEST_SHOWN));
}

/** A whole message: on one line, and cut where nobody would read on. */
export function sentence(text: string): string {
  return cut(oneLine(text), LONGEST_SENTENCE);
}

/** A user's value for messages: in quotes, on one line, and cut where it is long. */
export function quote(text: string): string {
  return oneLine(JSON.stringify(cut(text, LONGEST_QUOTE)));
}

/** What was thrown, in words: it need not be an Error. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

function cut(text: string, longest: number): string {
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
