/** https://en.wikipedia.org/wiki/ANSI_escape_code#Colors */
const CODES = { boldRed: '1;31', red: '31', green: '32', yellow: '33', cyan: '36' } as const;

/** The colours that terminals are sent. */
export type Colour = keyof typeof CODES;

/** A text in a colour. Only for terminals: others get the text as it is. */
export function coloured(text: string, colour: Colour): string {
  return `\u001b[${CODES[colour]}m${text}\u001b[0m`;
}
