import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { browserProgram, startBrowser } from '../cluster/support/browser.ts';
import { digestOf, FOLDER, page, TERMINAL } from './table.ts';
import { terminalPicture } from './terminal.ts';

/** Makes the pictures of the README: a page of `graph` in a browser, light and dark, and a terminal. */
const WIDTH = 1180;
const PADDING = 16;
const LARGEST_KIB = 150;

const program = browserProgram();
mkdirSync(FOLDER, { recursive: true });
write('terminal.svg', terminalPicture(TERMINAL));
if (program === undefined) {
  process.stdout.write('pictures of a browser are left as they are, because neither CHROMIUM nor PATH has one\n');
  process.exitCode = 1;
} else {
  const text = page();
  await photograph(program, text);
  write('graph.sha256', digestOf(text));
}

async function photograph(browserPath: string, text: string): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'pictures-'));
  const file = path.join(folder, 'graph.html');
  writeFileSync(file, text);
  const browser = await startBrowser(browserPath);
  for (const colorScheme of ['light', 'dark'] as const) {
    const viewport = { width: WIDTH, height: 1000 };
    const tab = await browser.newPage({ viewport, colorScheme, deviceScaleFactor: 1 });
    await tab.goto(`file://${file}`);
    const box = await tab.locator('.scroll').boundingBox();
    const height = (box?.y ?? 0) + (box?.height ?? 0) + PADDING;
    write(`graph-${colorScheme}.png`, await tab.screenshot({ clip: { x: 0, y: 0, width: WIDTH, height } }));
  }
  await browser.close();
  rmSync(folder, { recursive: true });
}

function write(name: string, content: string | Buffer): void {
  const file = path.join(FOLDER, name);
  writeFileSync(file, content);
  const kib = Math.ceil(statSync(file).size / 1024);
  process.stdout.write(`${file}, ${kib} KiB${kib > LARGEST_KIB ? `, more than ${LARGEST_KIB}` : ''}\n`);
}
