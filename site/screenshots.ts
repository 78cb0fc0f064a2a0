import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { findBrowser, type Tab, withTab } from './browser.ts';
import { DIST, serveSite } from './server.ts';

const FOLDER = path.join(import.meta.dirname, 'screenshots');
const PAGES = ['index', 'overview', 'start-kaos', 'how-it-works', 'reference/settings', 'troubleshooting'];
const SIZES = [
  { name: 'desktop', width: 1440, height: 900, mobile: false },
  { name: 'phone', width: 390, height: 844, mobile: true },
];
const COLOURS = ['light', 'dark'];
/** How long a page may take for its fonts and its code after it has loaded. */
const SETTLES_MS = 700;
const TALLEST = 2000;

/** Makes a picture of some pages at two widths, light and dark, and reports requests to other hosts. Skipped without a browser. */
const browser = findBrowser();
if (browser === undefined) {
  process.stdout.write('screenshots: skipped, because neither CHROMIUM nor PATH has a browser\n');
} else {
  const { server, origin } = await serveSite();
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  await withTab(browser, (tab) => takeAll(tab, origin));
  server.close();
}

async function takeAll(tab: Tab, origin: string): Promise<void> {
  await tab.send('Page.enable');
  await tab.send('Network.enable');
  for (const size of SIZES) {
    for (const colours of COLOURS) {
      await tab.send('Emulation.setDeviceMetricsOverride', { ...size, deviceScaleFactor: 1 });
      await tab.send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: colours }] });
      for (const page of PAGES) {
        await take(tab, `${origin}/${page}.html`, `${page.replaceAll('/', '-')}-${size.name}-${colours}.png`);
      }
    }
  }
  const foreign = [...new Set(tab.requested)].filter((url) => !url.startsWith(origin) && !url.startsWith('data:'));
  process.stdout.write(
    `screenshots: ${tab.requested.length} requests, to other hosts: ${foreign.join(', ') || 'none'}\n`,
  );
  process.exitCode = foreign.length > 0 ? 1 : 0;
}

/** What a browser makes of a page can lack parts of a picture that are in the file. */
async function expectWholeDiagrams(tab: Tab, url: string): Promise<void> {
  const html = readFileSync(path.join(DIST, new URL(url).pathname), 'utf8');
  const expected = html.match(/<g class="node"/g)?.length ?? 0;
  const { result } = await tab.send('Runtime.evaluate', { expression: "document.querySelectorAll('g.node').length" });
  const { value } = result as { readonly value: number };
  if (value !== expected) {
    throw new Error(`${url}: the browser shows ${value} of ${expected} nodes of the diagrams`);
  }
}

async function take(tab: Tab, url: string, name: string): Promise<void> {
  const loaded = tab.next('Page.loadEventFired');
  await tab.send('Page.navigate', { url });
  await loaded;
  await wait(SETTLES_MS);
  await expectWholeDiagrams(tab, url);
  const { cssContentSize: size } = await tab.send('Page.getLayoutMetrics');
  const { width, height } = size as { readonly width: number; readonly height: number };
  const clip = { x: 0, y: 0, width, height: Math.min(height, TALLEST), scale: 1 };
  const { data } = await tab.send('Page.captureScreenshot', { format: 'png', captureBeyondViewport: true, clip });
  const file = path.join(FOLDER, name);
  writeFileSync(file, Buffer.from(String(data), 'base64'));
  process.stdout.write(`screenshots: ${path.relative(process.cwd(), file)}, ${statSync(file).size} bytes\n`);
}
