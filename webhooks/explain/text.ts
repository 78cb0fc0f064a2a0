import { oneLine } from '../../controllers/data/quote.ts';
import type { Address, Explanation, Fact } from './explanation.ts';

/** Where the second column begins. */
const MARGIN = 12;
const USUAL_WIDTH = 80;
const NARROWEST = 40;
/** Longer lines are hard to read. */
const WIDEST = 100;

/** The explanation for people: the answer first, then a column of names and one of facts. */
export function textOf(explanation: Explanation, width: number = USUAL_WIDTH): string {
  const { resource, place, summary, addresses, obstacles, problems, toChange } = explanation;
  const isOpen = explanation.reachable !== 'no';
  const columns = Math.min(Math.max(width, NARROWEST), WIDEST);
  const facts: readonly Fact[] = [
    { name: 'why', lines: isOpen ? [] : whysOf(explanation) },
    { name: 'wrong', lines: problems },
    ...addressFacts(addresses),
    { name: 'but', lines: isOpen ? whysOf(explanation) : [] },
    ...explanation.facts,
    { name: 'exposed', lines: explanation.exposed === undefined ? [] : [explanation.exposed] },
    { name: 'needs', lines: explanation.needs },
    { name: 'needed by', lines: explanation.neededBy },
    { name: 'makes', lines: explanation.makes },
    {
      name: 'to change',
      lines: [...new Set([...obstacles.flatMap((obstacle) => obstacle.toChange ?? []), ...toChange])],
    },
  ];
  const from = [resource.apiVersion, ...(place === undefined ? [] : [place])].join(', ');
  return [
    ...wrapped(summary, columns),
    ...wrapped(from, columns),
    '',
    ...facts.flatMap((fact) => factLines(fact, columns)),
  ]
    .map((line) => `${line}\n`)
    .join('');
}

function whysOf({ obstacles }: Explanation): readonly string[] {
  return [...new Set(obstacles.map(({ why }) => why))];
}

function factLines({ name, lines }: Fact, columns: number): readonly string[] {
  return lines
    .flatMap((line) => wrapped(line, columns - MARGIN))
    .map((line, index) => `${(index === 0 ? name : '').padEnd(MARGIN)}${line}`);
}

/** Breaks a text between words. A second line of the same sentence is indented. */
function wrapped(text: string, columns: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of oneLine(text).split(' ')) {
    if (line !== '' && line.length + 1 + word.length > columns) {
      lines.push(line);
      line = `  ${word}`;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}

/** A gateway can have 16 host names. */
const MOST_LINES = 8;
const CARD = '/.well-known/agent-card.json';

/** The addresses by the gateway that has them, then who may call and how long, once if it is the same everywhere. */
function addressFacts(addresses: readonly Address[]): readonly Fact[] {
  const groups = [
    ...Map.groupBy(addresses, ({ gateway, because, state }) => `${gateway} ${state} ${because.host}`).values(),
  ];
  const backends = new Set(addresses.filter(({ url }) => !url.endsWith(CARD)).flatMap(({ backend }) => backend ?? []));
  return [
    { name: 'address', lines: groups.flatMap(groupLines) },
    {
      name: 'callers',
      lines: joined(
        byPath(addresses, ({ callers }) => callers),
        byPath(addresses, ({ because }) => [because.callers]),
      ),
    },
    { name: 'timeout', lines: byPath(addresses, ({ timeout, because }) => [`${timeout}, ${because.timeout}`]) },
    { name: 'goes to', lines: [...backends] },
  ];
}

function groupLines(addresses: readonly Address[]): readonly string[] {
  const urls = new Set(addresses.map(({ url }) => url));
  const isCardOf = ({ url }: Address) => url.endsWith(CARD) && urls.has(url.slice(0, -CARD.length));
  const cards = addresses.filter(isCardOf);
  const lines = addresses
    .filter((address) => !isCardOf(address))
    .map(
      ({ method, url, isPrefix }) =>
        `${method === 'any' ? '' : `${method} `}${url}${isPrefix ? ', and all paths below it' : ''}`,
    );
  const [first] = addresses;
  const more = lines.length - MOST_LINES;
  return [
    ...lines.slice(0, MOST_LINES),
    ...(more > 0 ? [`and ${more} more`] : []),
    ...(cards.length === 0 ? [] : [`GET the same with ${CARD}, its card`]),
    ...(first === undefined ? [] : [whereText(first)]),
  ];
}

function whereText({ gateway, isInside, isForAnyHost, url, because, state, why }: Address): string {
  const failing = state === 'open' ? '' : `; but ${state === 'closed' ? why : 'the route is refused'}`;
  if (isInside) {
    return `inside the cluster, by the Service of ${gateway}${failing}`;
  }
  const anyHost = `at every ${url.startsWith('/') ? '' : 'other '}host name that leads to ${gateway}`;
  const which = isForAnyHost ? anyHost : `at ${gateway}`;
  return `${which}, ${because.host}${failing}`;
}

/** One line, if each has one. */
function joined(lines: readonly string[], causes: readonly string[]): readonly string[] {
  const all = [...lines, ...causes];
  return lines.length === 1 && causes.length === 1 ? [all.join(', ')] : all;
}

/** The same lines of all addresses once, or each behind what tells its addresses apart: their hosts, or else their paths. */
function byPath(addresses: readonly Address[], linesOf: (address: Address) => readonly string[]): readonly string[] {
  const groups = [...Map.groupBy(addresses, (address) => JSON.stringify(linesOf(address))).values()];
  const hosts = groups.flatMap((group) => [...new Set(group.map(hostOf))]);
  const isByHost = new Set(hosts).size === hosts.length;
  return groups.flatMap((group) => {
    const [first] = group;
    const [line = '', ...others] = first === undefined ? [] : linesOf(first);
    const names = new Set(group.map(isByHost ? hostOf : pathOf));
    return [groups.length > 1 ? `${[...names].join(', ')}: ${line}` : line, ...others];
  });
}

const ORIGIN = /^https?(?:\[s\])?:\/\/([^/]*)/;

function hostOf({ url }: Address): string {
  const [, host] = ORIGIN.exec(url) ?? [];
  return host === undefined ? 'at every other host name' : `at ${host}`;
}

function pathOf({ url, method }: Address): string {
  return `${method === 'any' ? '' : `${method} `}${url.replace(ORIGIN, '')}`;
}
