import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** What Go's benchmarks print: `1234567 ns/op`. */
const OWN_TIME = /([\d.]+) ns\/op/;

/**
 * One run of the peer's program: the body on its standard input, an answer on its standard output. Its time is that of the whole
 * process. A program that tells its own time on standard error, as `1234567 ns/op`, is believed, so that its start does not count.
 */
export async function runPeer(program: string, name: string, body: Buffer): Promise<number> {
  const start = performance.now();
  const child = spawn(program, [name], { stdio: ['pipe', 'pipe', 'pipe'] });
  let told = '';
  let answered = 0;
  child.stderr.on('data', (chunk) => {
    told += chunk;
  });
  child.stdout.on('data', (chunk: Buffer) => {
    answered += chunk.length;
  });
  // A peer that ends early closes the pipe. Its exit code says why.
  child.stdin.on('error', () => undefined);
  child.stdin.end(body);
  const [code] = await once(child, 'close');
  const ms = performance.now() - start;
  if (code !== 0 || answered === 0) {
    throw new Error(`PEER ${program}: expected an answer and exit code 0, not ${answered} bytes and ${code}: ${told}`);
  }
  const [, nanoseconds] = OWN_TIME.exec(told) ?? [];
  return nanoseconds === undefined ? ms : Number(nanoseconds) / 1e6;
}
