import { appendFileSync, fstatSync } from 'node:fs';
import { Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

/** How much text may wait for a reader of the log, in bytes. Further lines are lost. */
const WAITING_BYTES = 1024 * 1024;
/** How long a shutdown waits for that reader, in milliseconds. */
const FLUSH_MS = 1000;

/** Where log lines go. It never throws and never blocks, because a service without its log still has to answer and to end. */
export interface LogDestination {
  readonly write: (line: string) => void;
  /** Waits until the lines are written, for a second at most. */
  readonly flush: () => Promise<void>;
}

/**
 * The log of a file descriptor such as standard output. A line that cannot be written, as on a full disk or to a reader
 * that has stopped, is lost; the log then says how many lines were lost as soon as it takes lines again.
 */
export function logDestination(fd: number): LogDestination {
  const { send, isDone } = isPipe(fd) ? toPipe(fd) : toFile(fd);
  let lost = 0;
  return {
    write: (line) => {
      const isSent = send(lost === 0 ? line : `${lostLine(lost)}${line}`);
      lost = isSent ? 0 : lost + 1;
    },
    flush: async () => {
      const end = Date.now() + FLUSH_MS;
      while (!isDone() && Date.now() < end) {
        await wait(10);
      }
    },
  };
}

interface Sink {
  /** Returns whether the text was taken. */
  readonly send: (text: string) => boolean;
  readonly isDone: () => boolean;
}

/** Files and terminals. */
function toFile(fd: number): Sink {
  const send = (text: string) => {
    try {
      appendFileSync(fd, text);
      return true;
    } catch {
      return false;
    }
  };
  return { send, isDone: () => true };
}

/** Pipes are not written by `fs`: a full one would block the process, or a thread without which it cannot exit. */
function toPipe(fd: number): Sink {
  const socket = new Socket({ fd, readable: false, writable: true }).unref();
  socket.on('error', () => undefined);
  const send = (text: string) => {
    const isOpen = socket.writable && socket.writableLength + text.length <= WAITING_BYTES;
    if (isOpen) {
      socket.write(text);
    }
    return isOpen;
  };
  return { send, isDone: () => !socket.writable || socket.writableLength === 0 };
}

function isPipe(fd: number): boolean {
  const stat = fstatSync(fd);
  return stat.isFIFO() || stat.isSocket();
}

/** Has the form of the other lines, with the level of an error. */
function lostLine(lines: number): string {
  return `${JSON.stringify({ level: 'error', time: new Date().toISOString(), lines, msg: 'log lines were lost' })}\n`;
}
