/**
 * What the page does by itself, in the language of browsers: it filters, sorts, and leads by the keyboard from box to box. Without it the
 * page shows everything, and links lead from boxes to rows and back. It is a text, so that the bundle has the same one.
 */
export const PAGE_SCRIPT = `
'use strict';
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const picture = document.querySelector('#picture');
// A picture that listens would have the focus itself.
const frame = picture.parentElement;
const nodes = all('a.node', picture);
const links = all('[data-from]', picture);
const bodies = all('tbody');
const [text, namespace, level, count] = ['text', 'namespace', 'level', 'count'].map((id) => document.getElementById(id));

const rowsOf = Map.groupBy(bodies, (body) => body.dataset.node);
const content = new Map(bodies.map((body) => [body, body.textContent.toLowerCase()]));

function fits(body) {
  const words = text.value.toLowerCase().split(/\\s+/);
  const isBad = body.dataset.level === 'broken' || body.dataset.level === 'warning';
  return words.every((word) => content.get(body).includes(word)) &&
    (namespace.value === '' || body.dataset.namespace === namespace.value) && (!level.checked || isBad);
}

function filter() {
  for (const body of bodies) {
    body.hidden = !fits(body);
  }
  const isShown = (node) => (rowsOf.get(node.id) ?? [{ hidden: false }]).some((body) => !body.hidden);
  const shown = new Set(nodes.filter(isShown).map((node) => node.id));
  for (const node of nodes) {
    node.classList.toggle('off', !shown.has(node.id));
  }
  for (const link of links) {
    link.classList.toggle('off', !shown.has(link.dataset.from) || !shown.has(link.dataset.to));
  }
  const left = bodies.filter((body) => !body.hidden).length;
  count.textContent = left === bodies.length ? '' : left + ' of ' + bodies.length + ' resources';
}

function light(node) {
  const near = new Set(node ? [node.id] : []);
  for (const link of links) {
    const isNear = node && (link.dataset.from === node.id || link.dataset.to === node.id);
    link.classList.toggle('lit', Boolean(isNear));
    if (isNear) {
      near.add(link.dataset.from).add(link.dataset.to);
    }
  }
  for (const one of nodes) {
    one.classList.toggle('lit', near.has(one.id));
  }
  picture.classList.toggle('lighted', Boolean(node));
}

function beside(node, from, to) {
  const ids = links.filter((link) => link.dataset[from] === node.id).map((link) => link.dataset[to]);
  return nodes.find((one) => ids.includes(one.id) && !one.classList.contains('off'));
}

function inColumn(node, step) {
  const column = nodes.filter((one) => one.dataset.column === node.dataset.column && !one.classList.contains('off'));
  return column[column.indexOf(node) + step];
}

const STEPS = {
  ArrowRight: (node) => beside(node, 'from', 'to'),
  ArrowLeft: (node) => beside(node, 'to', 'from'),
  ArrowDown: (node) => inColumn(node, 1),
  ArrowUp: (node) => inColumn(node, -1),
  Home: () => nodes[0],
  End: () => nodes.at(-1),
};

function lead(event) {
  const node = event.target.closest('a.node');
  if (node === null) {
    return;
  }
  if (event.key === 'Escape') {
    light();
  }
  const step = STEPS[event.key];
  if (step !== undefined && !event.altKey && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    step(node)?.focus();
  }
}

function openRow(event) {
  const node = event.target.closest('a.node');
  const body = node && rowsOf.get(node.id)?.find((one) => !one.hidden);
  if (body) {
    event.preventDefault();
    const link = body.querySelector('a');
    link.focus();
    body.scrollIntoView({ block: 'center' });
  }
}

function back(event) {
  const body = event.key === 'Escape' && event.target.closest('tbody');
  if (body) {
    document.getElementById(body.dataset.node)?.focus();
  }
}

function sort(event) {
  const head = event.target.closest('th[scope=col]');
  if (head === null) {
    return;
  }
  const down = head.getAttribute('aria-sort') === 'ascending';
  const table = head.closest('table');
  for (const other of all('th[scope=col]', table)) {
    other.removeAttribute('aria-sort');
  }
  head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
  const key = (body) => body.rows[0].cells[head.cellIndex].textContent;
  const order = (a, b) => key(a).localeCompare(key(b), 'en', { numeric: true }) * (down ? -1 : 1);
  table.append(...[...bodies].sort(order));
}

document.documentElement.classList.add('scripted');
for (const input of [text, namespace, level]) {
  input.addEventListener('input', filter);
}
document.querySelector('form').addEventListener('submit', (event) => event.preventDefault());
frame.addEventListener('focusin', (event) => light(event.target.closest('a.node')));
frame.addEventListener('focusout', () => light());
frame.addEventListener('mouseover', (event) => light(event.target.closest('a.node') ?? document.activeElement.closest('a.node')));
frame.addEventListener('mouseleave', () => light(document.activeElement.closest('a.node')));
frame.addEventListener('keydown', lead);
frame.addEventListener('click', openRow);
document.querySelector('table').addEventListener('keydown', back);
document.querySelector('thead').addEventListener('click', sort);
filter();
`;
