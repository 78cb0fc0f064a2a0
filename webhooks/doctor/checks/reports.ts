import { sentence } from '../../../controllers/data/quote.ts';
import { ageOf } from '../age.ts';
import { textAt } from '../fields.ts';
import type { Finding } from '../finding.ts';
import { warning } from '../finding.ts';
import { itemsOf } from '../gather.ts';
import type { Installation } from '../installation.ts';
import { type Item, nameText } from '../item.ts';
import { kubectl } from '../mend.ts';

interface Report {
  readonly event: Item;
  /** In seconds. */
  readonly age: number;
}

interface Meaning {
  readonly told: RegExp;
  readonly advice: string;
  readonly page: string;
}

const HOOKS = 'docs/troubleshooting.md#httproute-not-created';

/** What Metacontroller's words mean, as docs/troubleshooting.md has them. */
const MEANINGS: readonly Meaning[] = [
  {
    told: /connection refused|no such host|timeout|deadline exceeded/i,
    advice:
      'It does not reach the pods: they are not ready, or the network policy does not let its namespace in (metacontroller.namespaces).',
    page: HOOKS,
  },
  { told: /\b401\b/, advice: 'The token or the client certificate is not valid.', page: 'docs/security.md' },
  {
    told: /x509/,
    advice: 'tls.caBundle, or the names in the certificate of the server.',
    page: 'docs/security.md#tls',
  },
  { told: /\b429\b/, advice: 'More calls than the pods accept.', page: 'docs/limits.md' },
  {
    told: /already exists, but this resource does not control it/,
    advice: 'An object of somebody else has the name of a child: rename the resource, or remove that object.',
    page: HOOKS,
  },
  {
    told: /forbidden/i,
    advice: 'Metacontroller may not do this, or a quota or an admission policy refuses the object.',
    page: 'docs/permissions.md',
  },
];

/** Events that are older than this say nothing about now. */
const RECENT_SECONDS = 3600;

/** What Metacontroller has reported in the last hour, each cause once. It is history, so it is only a warning. */
export function reportFindings({ cluster, controllers }: Installation): readonly Finding[] {
  const kinds = new Set(controllers.flatMap(({ known }) => known?.parents.map(({ kind }) => kind) ?? []));
  const recent = itemsOf(cluster.looks.events)
    .filter((event) => isOfEngine(event) && isAboutUs(event, kinds))
    .map((event) => ({ event, age: ageOf(cluster.now, lastTime(event)) }))
    .filter(({ age }) => age < RECENT_SECONDS)
    .toSorted((one, other) => one.age - other.age);
  const byCause = Map.groupBy(recent, ({ event }) => causeOf(event));
  return [...byCause.values()].flatMap(([last, ...others]) =>
    last === undefined ? [] : findingOf(last, others.length),
  );
}

/** Reports with the same meaning count as one, and others if they differ only in names and numbers. */
function causeOf(event: Item): string {
  const message = textAt(event.object, 'message');
  const meaning = MEANINGS.findIndex(({ told }) => told.test(message));
  const name = textAt(event.object, 'involvedObject', 'name');
  const same = message.replaceAll(name || ' ', '…').replaceAll(/\d+/g, '0');
  return `${textAt(event.object, 'reason')} ${meaning < 0 ? same : meaning}`;
}

function isOfEngine({ object }: Item): boolean {
  const names = [textAt(object, 'source', 'component'), textAt(object, 'reportingComponent')];
  return names.some((name) => name.includes('metacontroller'));
}

function isAboutUs({ object }: Item, kinds: ReadonlySet<string>): boolean {
  const kind = textAt(object, 'involvedObject', 'kind');
  return kinds.has(kind) || ['DecoratorController', 'CompositeController'].includes(kind);
}

function lastTime({ object }: Item): string {
  return (
    textAt(object, 'series', 'lastObservedTime') ||
    textAt(object, 'lastTimestamp') ||
    textAt(object, 'eventTime') ||
    textAt(object, 'metadata', 'creationTimestamp')
  );
}

function findingOf({ event: { object }, age }: Report, others: number): Finding {
  const reason = textAt(object, 'reason');
  const message = sentence(textAt(object, 'message'));
  const { advice, page } = MEANINGS.find(({ told }) => told.test(message)) ?? {
    advice: 'If other findings are there, this may be one of their consequences.',
    page: HOOKS,
  };
  const kind = textAt(object, 'involvedObject', 'kind');
  const name = textAt(object, 'involvedObject', 'name');
  const more = others === 0 ? '' : ` and ${others} more like it`;
  return warning({
    object: nameText({ kind, name, namespace: textAt(object, 'involvedObject', 'namespace') }),
    seen: `${reason} ${Math.round(age / 60)} min ago${more}: ${message}`,
    expected: 'no report of Metacontroller. If this one is older than your last change, it is history',
    mend: [kubectl('get', 'events', '--all-namespaces', `--field-selector=reason=${reason}`)],
    advice,
    page,
  });
}
