import { readFileSync } from 'node:fs';

/**
 * Loaded before the service by `--import`: shifts its clock by the milliseconds in a file, like an administrator or a time server that
 * sets the clock of a node. Timers keep their pace, as they do in a real step.
 */
const POLL_MS = 250;
const { SOAK_CLOCK_FILE: file = '' } = process.env;
const RealDate = Date;
let offset = 0;

class SteppedDate extends RealDate {
  constructor(...given: [] | [number | string | Date]) {
    super(given.length === 0 ? SteppedDate.now() : given[0]);
  }

  static override now(): number {
    return RealDate.now() + offset;
  }
}

globalThis.Date = SteppedDate as DateConstructor;
setInterval(() => {
  offset = Number(readFileSync(file, 'utf8'));
}, POLL_MS).unref();
