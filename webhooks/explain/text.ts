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
  const columns = Math.min(Math.max(width, NARROWEST), WIDEST);
  const facts: readonly Fact[] = [
    { name: 'why', lines: addresses.length === 0 ? whysOf(explanation) : [] },
    ...addressFacts(addresses),
    { name: 'not at', lines: addresses.length === 0 ? [] : whysOf(explanation) },
    ...explanation.facts,
    { name: 'exposed', lines: explanation.exposed === undefined ? [] : [explanation.exposed] },
    { name: 'needs', lines: explanation.needs },
    { name: 'needed by', lines: explanation.neededBy },
    { name: 'makes', lines: explanation.makes },
    { name: 'wrong', lines: problems },
    { name: 'to change', lines: [...obstacles.flatMap((obstacle) => obstacle.toChange ?? []), ...toChange] },
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

const CARD = '/.well-known/agent-card.json';

/** The addresses by the gateway that has them, then who may call and how long, once if it is the same everywhere. */
function addressFacts(addresses: readonly Address[]): readonly Fact[] {
  const groups = [
    ...Map.groupBy(addresses, ({ gateway, because, state }) => `${gateway} ${state} ${because.host}`).values(),
  ];
  const backends = new Set(addresses.filter(({ url }) => !url.endsWith(CARD)).flatMap(({ backend }) => backend ?? []));
  return [
    { name: 'address', lines: groups.flatMap(groupLines) },
    { name: 'callers', lines: byPath(addresses, ({ callers, because }) => [...callers, because.callers]) },
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
  return [
    ...lines,
    ...(cards.length === 0 ? [] : [`GET the same with ${CARD}, its card`]),
    ...(first === undefined ? [] : [whereText(first)]),
  ];
}

function whereText({ gateway, isInside, url, because, state, why }: Address): string {
  const failing = state === 'open' ? '' : `; but ${why}`;
  if (isInside) {
    return `inside the cluster, by the Service of ${gateway}${failing}`;
  }
  const which = url.startsWith('/') ? `at every host name that leads to ${gateway}` : `at ${gateway}`;
  return `${which}, ${because.host}${failing}`;
}

/** The same lines of all addresses once, or each behind the ends of its addresses. */
function byPath(addresses: readonly Address[], linesOf: (address: Address) => readonly string[]): readonly string[] {
  const groups = [...Map.groupBy(addresses, (address) => JSON.stringify(linesOf(address))).values()];
  return groups.flatMap((group) => {
    const [first] = group;
    const [line = '', ...others] = first === undefined ? [] : linesOf(first);
    return [groups.length > 1 ? `${namesOf(group)}: ${line}` : line, ...others];
  });
}

function namesOf(addresses: readonly Address[]): string {
  return [
    ...new Set(
      addresses.map(
        ({ url, method }) => `${method === 'any' ? '' : `${method} `}${url.replace(/^https?(?:\[s\])?:\/\/[^/]*/, '')}`,
      ),
    ),
  ].join(', ');
}
