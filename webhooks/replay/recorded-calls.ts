import { parsedJson } from '../../controllers/data/parsed-json.ts';
import { isPlainObject, ownField, type PlainObject } from '../../controllers/data/plain-object.ts';
import { secondsOf } from '../../controllers/kubernetes/values/time.ts';

/** A call of a hook, as Metacontroller made it. */
export interface RecordedCall {
  /** `request.json`, or `metacontroller.log, line 12`. */
  readonly place: string;
  readonly body: PlainObject;
  /** When it was made, in Kubernetes's format; undefined if the recording does not say it. */
  readonly time: string | undefined;
  /** The URL that was called; undefined if the recording does not say it. */
  readonly url: string | undefined;
}

/** The calls in a text, in its order, or a line that says why there is none. */
export type RecordedCalls =
  | { readonly outcome: 'read'; readonly calls: readonly [RecordedCall, ...RecordedCall[]] }
  | { readonly outcome: 'bad'; readonly line: string };

/** The message of Metacontroller's log line about a call: pkg/hooks/webhook.go in its sources. */
const REQUEST = 'Webhook request';
const RESPONSE = 'Webhook response';

const EXPECTED =
  'expected the body of a call, or the log of Metacontroller with --zap-log-level=6, which has a line "Webhook request" for each call';

/** Reads a body, a recording `{headers, body}`, or a log of Metacontroller with other lines in it. */
export function readRecordedCalls(text: string, name: string): RecordedCalls {
  const whole = parsedJson(text);
  const lines = text.split('\n').map((line, index) => ({ line, place: `${name}, line ${index + 1}` }));
  const requests = lines.filter(({ line }) => line.includes(REQUEST));
  if (isPlainObject(whole) && requests.length === 0) {
    return whole['msg'] === RESPONSE ? bad(`${name}: is an answer; ${EXPECTED}`) : readWhole(whole, name);
  }
  const read = requests.map(({ line, place }) => readLine(line, place));
  const wrong = read.find((each) => 'line' in each);
  const [first, ...others] = read.filter((each) => 'body' in each);
  if (wrong !== undefined) {
    return { outcome: 'bad', line: wrong.line };
  }
  return first === undefined
    ? bad(`${name}: has no call of a hook; ${EXPECTED}`)
    : { outcome: 'read', calls: [first, ...others] };
}

function readWhole(whole: PlainObject, name: string): RecordedCalls {
  const body = 'controller' in whole ? whole : whole['body'];
  return isPlainObject(body)
    ? { outcome: 'read', calls: [{ place: name, body, time: undefined, url: undefined }] }
    : bad(`${name}: has no call of a hook; ${EXPECTED}`);
}

/** A line of JSON, or one of words that ends with JSON, as in Metacontroller's development mode and with a prefix of `kubectl logs`. */
function readLine(line: string, place: string): RecordedCall | { readonly line: string } {
  const fields = parsedJson(line.slice(line.indexOf('{')));
  const body = isPlainObject(fields) ? ownField(fields, 'body') : undefined;
  if (!isPlainObject(fields) || !isPlainObject(body)) {
    return {
      line: `${place}: the call cannot be read; expected JSON with a body to the end of the line, and nothing cut off`,
    };
  }
  const { url, ts } = fields;
  return { place, body, url: typeof url === 'string' ? url : undefined, time: timeOf(ts ?? line.split(/\s/, 1)[0]) };
}

/** The log has the time as a text, or as seconds since 1970. */
function timeOf(given: unknown): string | undefined {
  const seconds = typeof given === 'number' ? given : secondsOf(given);
  const time = new Date((seconds ?? Number.NaN) * 1000);
  return Number.isNaN(time.getTime()) ? undefined : `${time.toISOString().slice(0, 19)}Z`;
}

function bad(line: string): RecordedCalls {
  return { outcome: 'bad', line };
}
