import { createHash } from 'node:crypto';
import { codeUnitOrder } from '../../controllers/data/order.ts';
import type { PlacedBox } from './arrange.ts';
import type { Drawn } from './drawn.ts';
import type { Item } from './item.ts';
import { type Layout, layoutOf } from './layout.ts';
import { plainText } from './node-text.ts';
import { PAGE_SCRIPT } from './page-script.ts';
import { PAGE_STYLE } from './page-style.ts';
import { stateOf } from './state.ts';
import { classOf, drawing } from './svg.ts';
import { htmlTable } from './table.ts';
import { escaped } from './xml.ts';

/** How small a picture may become so that it fits into the window. A wider one is scrolled. */
const SMALLEST = 0.75;

/** A page with the picture and a table of the same content. It is one file, which asks for nothing. */
export function toHtml({ graph, items, nodeOf, remark }: Drawn): string {
  const layout = layoutOf(graph);
  const style = `${PAGE_STYLE}#picture{min-width:${Math.round(layout.width * SMALLEST)}px}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy(style)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Who calls what</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
<a class="skip" href="#table">Skip to the table</a>
${heading(items, remark)}
<main>
<section aria-labelledby="picture-title">
<h2 id="picture-title">Picture</h2>
${LEGEND}
<p class="hint" id="hint"><kbd>Tab</kbd> and the arrow keys lead from box to box, <kbd>Enter</kbd> to the row of a box, and <kbd>Esc</kbd> back.</p>
<div class="scroll" tabindex="-1">
${picture(layout)}
</div>
</section>
<section aria-labelledby="table-title">
<h2 id="table-title">Table</h2>
<div class="wide">
${htmlTable(items, nodeOf)}
</div>
</section>
</main>
<script>${PAGE_SCRIPT}</script>
</body>
</html>
`;
}

function heading(items: readonly Item[], remark: string | undefined): string {
  return `<header>
<h1>Who calls what</h1>
<p>${escaped(summaryOf(items))}</p>
${remark === undefined ? '' : `<p>${escaped(remark)}</p>\n`}${filterForm(items)}
</header>`;
}

function picture(layout: Layout): string {
  const { width, height } = layout;
  return `<svg id="picture" xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="group" aria-labelledby="picture-title" aria-describedby="hint">
${drawing(layout, link)}
</svg>`;
}

/** Nothing is loaded, and only this style and this script hold. */
function policy(style: string): string {
  const digest = (text: string) => `'sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}'`;
  return [
    "default-src 'none'",
    `style-src ${digest(style)}`,
    `script-src ${digest(PAGE_SCRIPT)}`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

function link(box: PlacedBox, inner: string): string {
  const { id } = box.node;
  return `<a id="${id}" class="${classOf(box)}" href="#table" data-column="${box.x}" aria-label="${escaped(labelOf(box))}">${inner}</a>`;
}

/** The texts of a box as they are seen, and the whole text if they are cut. */
function labelOf({ node, caption, name, rows, state }: PlacedBox): string {
  const seen = [caption, name, ...rows.flatMap(({ access = '', text }) => [access, text]), ...state];
  const label = seen.filter((text) => text !== '').join(' ');
  return label.includes('…') ? `${label}. ${plainText(node)}` : label;
}

const LEGEND = `<ul class="legend">
<li><span class="access open">open</span> everybody may call</li>
<li><span class="access guarded">jwt</span> what callers must have</li>
<li>✗ and a dashed line: broken</li>
<li>! a warning</li>
<li>– no address, and none was asked for</li>
</ul>`;

function summaryOf(items: readonly Item[]): string {
  const levels = items.map((item) => stateOf(item).level);
  const count = (level: string) => levels.filter((one) => one === level).length;
  const open = items.filter(({ routes }) => routes.some(({ access }) => access === 'open')).length;
  return [
    `${items.length} ${items.length === 1 ? 'resource' : 'resources'}`,
    `${open} open to everybody`,
    `${count('broken')} broken`,
    `${count('warning')} with warnings`,
  ].join(', ');
}

function filterForm(items: readonly Item[]): string {
  const namespaces = [...new Set(items.map(({ names }) => names.namespace))].sort(codeUnitOrder);
  const options = namespaces.map((name) => `<option>${escaped(name)}</option>`).join('');
  return `<form role="search">
<label>Filter <input type="search" id="text" placeholder="name, path, problem"></label>
<label>Namespace <select id="namespace"><option value="">all</option>${options}</select></label>
<label><input type="checkbox" id="level"> only with problems</label>
<output id="count" role="status"></output>
</form>`;
}
