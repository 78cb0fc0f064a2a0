import { oneLine, sentence } from '../../controllers/data/quote.ts';
import type { Finding } from '../check/finding.ts';
import { keyOfName, titleOf } from '../evaluate/object-name.ts';
import type { Item, Refusal, Route, Use } from './item.ts';
import { accessClass } from './routes.ts';
import { ofRefusal, SIGNS, type State, stateOf, stateText } from './state.ts';
import { escaped } from './xml.ts';

/** The columns, as in the tables of `render`. Those that are the same for all addresses of a resource come first and last. */
const COLUMNS = ['Resource', 'Address', 'Who may call', 'Timeout', 'Through', 'Calls', 'Problems'];

/** A table with a group of rows for each resource: a row for each of its addresses. `nodeOf` is the id of its box in the picture. */
export function htmlTable(items: readonly Item[], nodeOf: (key: string) => string): string {
  const heads = COLUMNS.map((name) => `<th scope="col"><button type="button">${name}</button></th>`);
  return [
    '<table id="table"><caption>All resources, with each address</caption>',
    `<thead><tr>${heads.join('')}</tr></thead>`,
    ...items.map((item) => itemRows(item, nodeOf)),
    '</table>',
  ].join('\n');
}

function itemRows(item: Item, nodeOf: (key: string) => string): string {
  const node = nodeOf(keyOfName(item.names));
  const state = stateOf(item);
  const rows = item.routes.length > 0 ? item.routes.map(routeCells) : [noAddress(state)];
  const span = rows.length > 1 ? ` rowspan="${rows.length}"` : '';
  const title = `<th scope="rowgroup"${span}><a href="#${node}">${escaped(titleOf(item.names))}</a></th>`;
  const last = `<td${span}>${list(item.uses.map(useText))}</td><td${span}>${problems(item, state)}</td>`;
  const attributes = `data-node="${node}" data-namespace="${escaped(oneLine(item.names.namespace))}" data-level="${state.level}"`;
  const lines = rows.map((cells, index) => `<tr>${index === 0 ? title : ''}${cells}${index === 0 ? last : ''}</tr>`);
  return `<tbody ${attributes}>${lines.join('')}</tbody>`;
}

function routeCells({ access, timeout, paths, entries }: Route): string {
  const through = entries.map(({ gateway, host }) => `${titleOf(gateway)}, ${host ?? 'any host name'}`);
  const who = `<span class="access ${accessClass(access)}">${escaped(access)}</span>`;
  return [
    `<td>${list(paths.map((path) => code(path)))}</td>`,
    `<td>${who}</td>`,
    `<td>${timeout === undefined ? "the gateway's own" : escaped(timeout)}</td>`,
    `<td>${list(through.map((text) => escaped(oneLine(text))))}</td>`,
  ].join('');
}

function code(text: string): string {
  return `<code>${escaped(oneLine(text))}</code>`;
}

function noAddress(state: State): string {
  const why = state.level === 'quiet' || state.level === 'broken' ? ` (${escaped(state.word)})` : '';
  return `<td>none${why}</td><td></td><td></td><td></td>`;
}

function useText({ to, problem }: Use): string {
  const title = escaped(titleOf(to));
  return problem === undefined ? title : `<span class="broken">${SIGNS.broken} ${title} ${problem}</span>`;
}

function problems({ findings, refusals, presence }: Item, state: State): string {
  const own: readonly Said[] = presence === 'present' ? [] : [{ ...state, text: '' }];
  const refused = refusals.map((refusal): Said => ({ ...ofRefusal(refusal), text: refusalText(refusal) }));
  const found = findings
    .filter(({ rule, severity }) => severity !== 'note' && !refusals.some(({ reason }) => reason === rule))
    .map(
      (finding): Said => ({
        level: finding.severity === 'error' ? 'broken' : 'warning',
        word: '',
        text: findingText(finding),
      }),
    );
  return list([...own, ...refused, ...found].map(saidText));
}

/** A state, and the text beside it. */
interface Said extends State {
  readonly text: string;
}

function saidText({ text, ...state }: Said): string {
  const words = [stateText(state), text]
    .filter((part) => part !== '')
    .join(state.word === '' || text.startsWith('(') ? ' ' : ': ');
  return `<span class="${state.level}">${escaped(sentence(words))}</span>`;
}

function refusalText({ reason, message }: Refusal): string {
  return message === undefined ? `(${reason})` : `${message} (${reason})`;
}

function findingText({ rule, message, place }: Finding): string {
  return `${message} (${rule})${place === undefined ? '' : `, ${place.file}:${place.line}`}`;
}

function list(texts: readonly string[]): string {
  const [first = '', second] = texts;
  return second === undefined ? first : `<ul>${texts.map((text) => `<li>${text}</li>`).join('')}</ul>`;
}
