import { writeSync } from 'node:fs';
import type { WriteStream } from 'node:tty';

/** Back to the start of the line, and erase it: https://en.wikipedia.org/wiki/ANSI_escape_code */
const ERASE = '\r\u001b[2K';

/** How to show what is being done. */
interface Progress {
  readonly show: (step: string) => void;
  /** Erases what was shown. */
  readonly clear: () => void;
}

/**
 * Shows steps on one line of a terminal, each in place of the one before. Elsewhere it shows nothing. It writes at once, because a step may
 * keep the event loop busy for seconds.
 */
export function progressOn({ isTTY, fd }: WriteStream & { readonly fd: number }): Progress {
  const write = (text: string) => {
    if (isTTY) {
      writeSync(fd, text);
    }
  };
  return { show: (step) => write(`${ERASE}${step} …`), clear: () => write(ERASE) };
}
