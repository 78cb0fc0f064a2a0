import { gzipSync } from 'node:zlib';
import { BODY, HOOK } from './listening.ts';
import type { Bytes } from './raw-calls.ts';

/** What is expected at one of the ports: the codes of the answers in order; `closed` if the connection must end. */
interface Expected {
  readonly codes: readonly number[];
  readonly closed?: true;
}

export interface Attack {
  readonly name: string;
  readonly bytes: Bytes;
  readonly hooks: Expected;
  readonly admin: Expected;
}

const JSON_TYPE = 'content-type: application/json';
const LENGTH = `content-length: ${BODY.length}`;
const CHUNKED = 'transfer-encoding: chunked';
const EMPTY_CHUNK = '0\r\n\r\n';
const SMUGGLED = 'GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n';

function post(headers: readonly string[], body: string | Buffer = BODY): Buffer {
  const head = [`POST ${HOOK} HTTP/1.1`, 'host: x', JSON_TYPE, ...headers].join('\r\n');
  return Buffer.concat([Buffer.from(`${head}\r\n\r\n`, 'latin1'), Buffer.from(body)]);
}

/** A call with this body and its length. */
const sized = (body: string | Buffer, ...more: string[]) =>
  post([`content-length: ${Buffer.byteLength(body)}`, ...more], body);
const line = (text: string) => `${text}\r\nhost: x\r\n\r\n`;
const changed = (from: string, to: string) => BODY.replace(from, to);
const nested = (levels: number) => `{"a":${'['.repeat(levels)}${']'.repeat(levels)}}`;

const codes = (...expected: number[]): Expected => ({ codes: expected });
const closed = (...expected: number[]): Expected => ({ codes: expected, closed: true });
const BAD = closed(400);
/** The admin port refuses all methods but two, and closes the connection. */
const REFUSED = closed(405);

type Row = readonly [name: string, bytes: Bytes, hooks: Expected, admin: Expected];

const FRAMING: readonly Row[] = [
  ['Content-Length and Transfer-Encoding', post([LENGTH, CHUNKED], EMPTY_CHUNK + SMUGGLED), BAD, BAD],
  ['Transfer-Encoding, then Content-Length', post([CHUNKED, 'content-length: 5'], EMPTY_CHUNK), BAD, BAD],
  ['two different lengths', post([LENGTH, 'content-length: 5']), BAD, BAD],
  ['two equal lengths', post([LENGTH, LENGTH]), BAD, BAD],
  ['a list of lengths', post([`content-length: ${BODY.length}, ${BODY.length}`]), BAD, BAD],
  ['a negative length', post(['content-length: -1']), BAD, BAD],
  ['a length with a sign', post([`content-length: +${BODY.length}`]), BAD, BAD],
  ['a hexadecimal length', post(['content-length: 0x10']), BAD, BAD],
  ['a length of many digits', post([`content-length: ${'9'.repeat(40)}`]), BAD, BAD],
  ['a length that is too large', post(['content-length: 99999999999']), codes(413), REFUSED],
  [
    'a body in chunks',
    post([CHUNKED], `${BODY.length.toString(16)}\r\n${BODY}\r\n${EMPTY_CHUNK}`),
    closed(411),
    REFUSED,
  ],
  ['an unknown Transfer-Encoding', post(['transfer-encoding: xchunked']), BAD, BAD],
  ['two Transfer-Encodings', post(['transfer-encoding: identity, chunked'], EMPTY_CHUNK), closed(411), REFUSED],
  ['a space before the colon', post([`content-length : ${BODY.length}`]), BAD, BAD],
  ['a folded header', post([LENGTH, 'x-a: b\r\n c: d']), BAD, BAD],
  ['lines that end with LF', `POST ${HOOK} HTTP/1.1\nhost: x\n${JSON_TYPE}\n${LENGTH}\n\n${BODY}`, BAD, BAD],
  ['lines that end with CR', `POST ${HOOK} HTTP/1.1\rhost: x\r\r`, BAD, BAD],
  ['fewer bytes than announced', post([`content-length: ${BODY.length + 9}`]), codes(), REFUSED],
  ['a second call in the bytes above the length', post([LENGTH], BODY + SMUGGLED), codes(200, 404), REFUSED],
  ['garbage after a call', post([LENGTH], `${BODY}\u0000\u0001garbage\r\n\r\n`), BAD, REFUSED],
  ['a body without a length', post([], BODY), BAD, BAD],
  ['two pipelined calls', Buffer.concat([sized(BODY), sized(BODY)]), codes(200, 200), REFUSED],
  ['a chunk size that overflows', post([CHUNKED], 'FFFFFFFFFFFFFFFFF\r\n'), BAD, BAD],
];

const HEADERS: readonly Row[] = [
  ['an absolute URL', line('GET http://evil/healthz HTTP/1.1'), codes(404), codes(200)],
  ['a URL with NUL', line('GET /healthz\u0000 HTTP/1.1'), BAD, BAD],
  ['a URL that cannot be decoded', line('GET /%zz HTTP/1.1'), codes(404), codes(400)],
  ['a URL of 20,000 characters', line(`GET /${'a'.repeat(20_000)} HTTP/1.1`), closed(431), closed(431)],
  ['a header of 20,000 characters', post([LENGTH, `x: ${'x'.repeat(20_000)}`]), closed(431), closed(431)],
  [
    '1,000 headers',
    post([LENGTH, ...Array.from({ length: 1000 }, (_, index) => `x${index}: 1`)]),
    closed(431),
    closed(431),
  ],
  ['10,000 headers', post([LENGTH, ...Array.from({ length: 10_000 }, () => 'x: 1')]), closed(431), closed(431)],
  ['a header with NUL', post([LENGTH, 'x: a\u0000b']), BAD, BAD],
  ['a header with a lone CR', post([LENGTH, 'x: a\rb']), BAD, BAD],
  ['a header without a name', post([LENGTH, ': b']), BAD, BAD],
  ['no Host', `GET /healthz HTTP/1.1\r\n\r\n`, BAD, BAD],
  ['two Hosts', 'GET /healthz HTTP/1.1\r\nhost: x\r\nhost: y\r\n\r\n', codes(404), codes(200)],
  ['HTTP/0.9', 'GET /healthz\r\n\r\n', closed(404), closed(200)],
  ['HTTP/1.0', 'GET /healthz HTTP/1.0\r\n\r\n', closed(404), closed(200)],
  ['HTTP/9.9', line('GET /healthz HTTP/9.9'), BAD, BAD],
  ['the preface of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', BAD, BAD],
  ['a TLS handshake', Buffer.from('16030100c8010000c40303', 'hex'), BAD, BAD],
  ['a method that does not exist', line('EVIL / HTTP/1.1'), BAD, BAD],
  ['CONNECT', 'CONNECT evil:80 HTTP/1.1\r\nhost: evil:80\r\n\r\n', closed(), closed()],
  [
    'an upgrade',
    'GET /healthz HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n',
    codes(404),
    codes(200),
  ],
  ['TRACE', line('TRACE /healthz HTTP/1.1'), codes(404), REFUSED],
  ['bytes one at a time', [...'GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n'], codes(404), codes(200)],
];

const BODIES: readonly Row[] = [
  ['Expect: 100-continue', post([LENGTH, 'expect: 100-continue']), codes(100, 200), codes(100, 405)],
  ['another expectation', post([LENGTH, 'expect: evil']), codes(417), codes(417)],
  ['a compressed body', sized(gzipSync(BODY), 'content-encoding: gzip'), codes(400), REFUSED],
  ['a body of invalid UTF-8', sized(Buffer.from([0x7b, 0xff, 0xfe, 0x7d])), codes(400), REFUSED],
  ['a body with a byte order mark', sized(`\ufeff${BODY}`), codes(400), REFUSED],
  ['a body with NUL', sized(`${BODY}\u0000`), codes(400), REFUSED],
  ['1,000,000 levels of nesting', sized(nested(1_000_000)), codes(400), REFUSED],
  ['a key that is there twice', sized(changed('{', '{"finalizing":true,')), codes(200), REFUSED],
  ['the key __proto__', sized(changed('{', '{"__proto__":{"finalizing":true},')), codes(200), REFUSED],
  ['the key constructor', sized(changed('{', '{"constructor":{"prototype":{"a":1}},')), codes(200), REFUSED],
  ['a lone surrogate', sized(changed('{', '{"\\ud800":"\\udfff",')), codes(200), REFUSED],
  ['a number of 100,000 digits', sized(changed('{', `{"a":${'1'.repeat(100_000)},`)), codes(400), REFUSED],
  ['no type', Buffer.from(`POST ${HOOK} HTTP/1.1\r\nhost: x\r\n${LENGTH}\r\n\r\n${BODY}`), codes(415), REFUSED],
  ['another charset', sized(Buffer.from(BODY, 'utf16le'), 'x: 1'), codes(400), REFUSED],
  ['half a body, then the end', [sized(BODY).subarray(0, 400)], codes(), REFUSED],
];

export const ATTACKS: readonly Attack[] = [...FRAMING, ...HEADERS, ...BODIES].map(([name, bytes, hooks, admin]) => ({
  name,
  bytes,
  hooks,
  admin,
}));
