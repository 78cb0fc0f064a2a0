import { parsedMiB } from '../../webhooks/server/body-memory.ts';
import { scanBody } from '../../webhooks/server/body-scan.ts';

const MIB = 1024 * 1024;
const SAMPLE = 2000;

/** Values of which many together cost the most memory or time for their bytes. The argument counts them. */
export const COSTLY_VALUES: Readonly<Record<string, (index: number) => string>> = {
  'objects with 100 new names each': (index) => objectOf(100, (at) => `"${named(index * 100 + at)}":0`),
  'objects with 300 names, as tables': (index) => objectOf(300, (at) => `"${named(at + 300 * (index % 7))}":0`),
  'objects with names that are numbers': () => '{"16":{}}',
  'empty objects': () => '{}',
  'deep lists': () => '['.repeat(900) + ']'.repeat(900),
  'numbers among objects': (index) => (index === 0 ? '{},0.5' : '0.5'),
  'different short texts': (index) => `"${named(index)}"`,
  'long texts of two bytes a character': () => `"\\u0416${'x'.repeat(10_000)}"`,
};

function objectOf(size: number, member: (at: number) => string): string {
  return `{${Array.from({ length: size }, (_, at) => member(at)).join(',')}}`;
}

function named(index: number): string {
  return `x${index.toString(36).padStart(5, '0')}`;
}

/** A list of as many of these values as a body may have: up to a limit of parsed memory, and of bytes. */
export function costliest(value: (index: number) => string, limits: { parsedMiB: number; bytesMiB: number }): Buffer {
  const spent = (count: number) => {
    const body = listOf(value, count);
    return { body, share: Math.max(parsedMiB(scanBody(body)) / limits.parsedMiB, body.length / MIB / limits.bytesMiB) };
  };
  const first = Math.floor((SAMPLE * 0.5) / spent(SAMPLE).share);
  return spent(Math.floor((first * 0.98) / spent(first).share)).body;
}

function listOf(value: (index: number) => string, count: number): Buffer {
  const parts: Buffer[] = [];
  for (let index = 0; index < count; index += SAMPLE) {
    const values = Array.from({ length: Math.min(SAMPLE, count - index) }, (_, at) => value(index + at));
    parts.push(Buffer.from(`${index === 0 ? '[' : ','}${values.join(',')}`));
  }
  return Buffer.concat([...parts, Buffer.from(']')]);
}
