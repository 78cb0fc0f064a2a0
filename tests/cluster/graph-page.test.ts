import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { graphCommand, graphOf, HOSTILE_NAMES, kaosAgent, modelApi, SHOP } from '../support/graphs.ts';
import { needing } from '../support/needing.ts';
import { browserProgram, startBrowser } from './support/browser.ts';

const PROGRAM = browserProgram();
const CHROMIUM = { name: 'CHROMIUM, or a browser on PATH', found: PROGRAM !== undefined };
const require = createRequire(import.meta.url);
const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const MERMAID = path.join(path.dirname(require.resolve('mermaid')), 'mermaid.min.js');

const TEAMS = ['research', 'support', 'web'];
const MANY = [
  ...TEAMS.map((team) => modelApi('llm', team)),
  ...Array.from({ length: 60 }, (_, index) => {
    const access = index % 7 === 0 ? [`agent-${index + 3}`] : [];
    return kaosAgent(`agent-${index}`, { agentNetwork: { access } }, TEAMS[index % 3]);
  }),
];
/** No object can have such a name, but every field that names another one can. */
const HOSTILE = [modelApi(), kaosAgent('a', { mcpServers: HOSTILE_NAMES })];

needing(CHROMIUM).describe('the page of graph in a browser', () => {
  let browser: Browser;
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'graph-page-'));
    browser = await startBrowser(PROGRAM ?? '');
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Opens a text as a file, and notes what the page asks for and complains about. */
  async function open(text: string, extension = 'html', colorScheme: 'light' | 'dark' = 'light') {
    const page = await browser.newPage({ viewport: { width: 1500, height: 900 }, colorScheme });
    onTestFinished(() => page.close());
    const complaints: string[] = [];
    const requests: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('dialog', (dialog) => complaints.push(dialog.message()));
    page.on('request', (request) => requests.push(request.url()));
    const file = path.join(folder, `graph.${extension}`);
    writeFileSync(file, text);
    await page.goto(`file://${file}`);
    return { page, complaints, requests };
  }

  const shop = () => graphCommand(['--format=html', ...SHOP]).stdout;
  const many = () => graphOf(MANY, '--format=html').stdout;
  const hostile = () => graphOf(HOSTILE, '--format=html').stdout;
  const focused = (page: Page) =>
    page.evaluate('document.activeElement.getAttribute("aria-label") ?? document.activeElement.textContent');

  it.each([
    ['the example', shop],
    ['60 agents', many],
    ['hostile names', hostile],
  ])('loads nothing, and nothing fails: %s', async (_, text) => {
    const { complaints, requests } = await open(text());
    expect(complaints).toEqual([]);
    expect(requests.filter((url) => !url.startsWith('data:'))).toEqual([expect.stringMatching(/^file:/)]);
  });

  it('refuses scripts and styles of others', async () => {
    const { page, complaints } = await open(shop());
    await page.evaluate(`
      document.body.insertAdjacentHTML('beforeend', '<p style="color: red">x</p>');
      document.body.append(Object.assign(document.createElement('script'), { textContent: 'window.other = 1' }));
    `);
    expect(await page.evaluate('window.other')).toBeUndefined();
    expect(complaints).toHaveLength(2);
  });

  describe.each(['light', 'dark'] as const)('in the %s', (colours) => {
    it.each([
      ['the example', shop],
      ['hostile names', hostile],
    ])('has no fault that axe finds: %s', async (_, text) => {
      const { page } = await open(text(), 'html', colours);
      await page.evaluate(AXE);
      const violations = await page.evaluate(
        'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)]))',
      );
      expect(violations).toEqual([]);
    });
  });

  it('has other colours in the dark, and those of the light on paper', async () => {
    const background = 'getComputedStyle(document.body).backgroundColor';
    const { page } = await open(shop(), 'html', 'dark');
    expect(await page.evaluate(background)).toBe('rgb(13, 17, 23)');
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    expect(await page.evaluate(background)).toBe('rgb(255, 255, 255)');
    expect(await page.isVisible('form')).toBe(false);
    expect((await page.pdf({ format: 'A4', landscape: true })).length).toBeGreaterThan(10_000);
  });

  it('is walked by the keyboard', async () => {
    const { page } = await open(shop());
    const press = async (key: string) => {
      await page.keyboard.press(key);
      return focused(page);
    };
    expect(await press('Tab')).toBe('Skip to the table');
    await page.focus('#level');
    expect(await press('Tab')).toBe('Clients outside');
    expect(await press('ArrowRight')).toMatch(/^Gateway · kaos-system kaos-gateway open, jwt\+60\/min any host name /);
    await page.locator('a.node', { hasText: 'advice' }).focus();
    expect(await press('ArrowDown')).toMatch(/^Agent · shop orders jwt/);
    expect(await press('ArrowUp')).toMatch(/^Agent · shop advice open /);
    expect(await press('ArrowLeft')).toMatch(/^Gateway /);
    await page.locator('a.node', { hasText: 'parcels' }).focus();
    expect(await page.locator('a.node.lit').count()).toBe(2);
    expect(await press('Enter')).toBe('Agent shop/parcels');
    expect(await press('Escape')).toBe(
      'Agent · shop parcels ✗ left out: the port in status.url must be from 10 to 65535',
    );
    await press('Escape');
    expect(await page.locator('svg.lighted').count()).toBe(0);
    expect(await press('Home')).toBe('Clients outside');
  });

  it('shows where the focus is', async () => {
    const { page } = await open(shop());
    const box = page.locator('a.node').first().locator('.box');
    const width = () =>
      box.evaluate((element) => element.ownerDocument.defaultView?.getComputedStyle(element).strokeWidth);
    expect(await width()).toBe('1.25px');
    await page.locator('a.node').first().focus();
    expect(await width()).toBe('3.5px');
  });

  it('has a table with the same content', async () => {
    const { page } = await open(shop());
    const cells = await page
      .locator('tbody', { hasText: 'Agent shop/orders' })
      .last()
      .locator('th, td')
      .allInnerTexts();
    expect(cells).toEqual([
      'Agent shop/orders',
      '/shop/agent/orders',
      'jwt+60/min',
      '120s',
      'Gateway kaos-system/kaos-gateway, any host name',
      'ModelAPI shop/llm\n✗ MCPServer shop/payment not found\nMemoryStore shop/notes',
      '! MCPServer payment not found (RefNotFound), examples/graph/shop.yaml:69',
    ]);
  });

  const resources = (page: Page) => page.locator('tbody:visible th').allInnerTexts();

  it('is filtered by words, by namespace and by problems', async () => {
    const { page } = await open(many());
    await page.fill('#text', 'Agent-1 SUPPORT');
    expect(await resources(page)).toHaveLength(6);
    expect(await page.textContent('#count')).toBe('6 of 63 resources');
    expect(await page.locator('a.node.off').count()).toBeGreaterThan(50);
    await page.fill('#text', '');
    await page.selectOption('#namespace', 'web');
    expect(await resources(page)).toHaveLength(21);
    await page.check('#level');
    expect(await resources(page)).toEqual([]);
  });

  it('is sorted by each column, upwards and downwards', async () => {
    const { page } = await open(many());
    const first = async () => (await resources(page))[0];
    const button = page.locator('thead button').first();
    await button.click();
    expect(await first()).toBe('Agent research/agent-0');
    expect((await resources(page))[1]).toBe('Agent research/agent-3');
    await button.click();
    expect(await first()).toBe('ModelAPI web/llm');
    expect(await page.locator('th[aria-sort=descending]').count()).toBe(1);
  });

  it.each([
    ['the example', shop],
    ['60 agents', many],
    ['hostile names', hostile],
  ])('draws boxes that do not overlap, with their texts in them: %s', async (_, text) => {
    const { page } = await open(text());
    const faults = await page.evaluate(`(() => {
      const boxes = [...document.querySelectorAll('a.node')].map((node) => ({ node, box: node.querySelector('.box').getBBox() }));
      const wide = boxes.flatMap(({ node, box }) => [...node.querySelectorAll('text')]
        .filter((text) => text.getBBox().x + text.getBBox().width > box.x + box.width)
        .map((text) => text.textContent));
      const over = boxes.flatMap(({ node, box: a }) => boxes
        .filter(({ node: other, box: b }) => other !== node &&
          a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height)
        .map(() => node.getAttribute('aria-label')));
      return { wide, over };
    })()`);
    expect(faults).toEqual({ wide: [], over: [] });
  });

  it('has hostile names as they are, in the table and in the picture', async () => {
    const { page } = await open(hostile());
    const titles = await resources(page);
    expect(titles).toContain('MCPServer n/</text><script>alert(1)</script>');
    expect(titles).toContain("MCPServer n/' onfocus='alert(1)");
    expect(await page.locator('a.node').count()).toBe(2 + 2 + HOSTILE_NAMES.length);
    expect(await page.locator('script').count()).toBe(1);
  });

  it.each([
    ['the example', graphCommand(['--format=svg', ...SHOP]).stdout],
    ['hostile names', graphOf(HOSTILE, '--format=svg').stdout],
  ])('opens the picture alone as XML: %s', async (_, text) => {
    const { page, complaints } = await open(text, 'svg');
    expect(await page.evaluate('document.documentElement.tagName')).toBe('svg');
    expect(await page.locator('parsererror').count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  it('draws the text for Mermaid, also with hostile names', async () => {
    const page = await browser.newPage();
    onTestFinished(() => page.close());
    await page.addScriptTag({ path: MERMAID });
    const labels = async (text: string) => {
      const drawn: readonly string[] = await page.evaluate(`(async () => {
        mermaid.initialize({ startOnLoad: false });
        const { svg } = await mermaid.render('m', ${JSON.stringify(text)});
        document.body.innerHTML = svg;
        return [...document.querySelectorAll('.nodeLabel')].map((label) => label.textContent);
      })()`);
      return drawn.join('\n');
    };
    expect(await labels(graphCommand(SHOP).stdout)).toContain('Agent shop/parcels✗ left out');
    const drawn = await labels(graphOf(HOSTILE).stdout);
    // Mermaid reads \n as a new line, however it is written.
    for (const name of HOSTILE_NAMES.filter((each) => /^[ -~]{1,60}$/.test(each) && !each.includes('\\n'))) {
      expect(drawn).toContain(`MCPServer n/${name}`);
    }
  }, 60_000);
});
