import { readSync } from 'node:fs';

const CHUNK_BYTES = 65_536;
const PAUSE_MILLISECONDS = 5;

/**
 * Reads standard input to its end. An import of `node:process` opens it, and from then on a read of a pipe fails with EAGAIN while its
 * writer, such as `helm template`, has written nothing yet. So it waits and reads again.
 */
export function readStandardInput(): string {
  const chunks: Buffer[] = [];
  for (let chunk = nextChunk(); chunk.length > 0; chunk = nextChunk()) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Empty at the end. */
function nextChunk(): Buffer {
  const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
  for (;;) {
    try {
      return buffer.subarray(0, readSync(0, buffer));
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) {
        throw error;
      }
      pause();
    }
  }
}

/** Everything here is synchronous, so the thread itself waits. */
function pause(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MILLISECONDS);
}
