import { existsSync } from 'node:fs';
import path from 'node:path';
import Fastify from 'fastify';
import { type Browser, chromium } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { type Backend, listening } from './backends.ts';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'chrome'];

/** The browser that CHROMIUM names, or one on PATH; undefined if there is none. */
export function browserProgram(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  const candidates = folders.flatMap((folder) => NAMES.map((name) => path.join(folder, name)));
  return process.env['CHROMIUM'] || candidates.find((file) => existsSync(file));
}

/** A browser without a window. It runs as root in containers, where it has no sandbox. */
export function startBrowser(program: string): Promise<Browser> {
  return chromium.launch({ executablePath: program, args: ['--no-sandbox'] });
}

/** A server with an empty page: whoever opens it calls from its origin. */
export function startPage(): Promise<Backend> {
  const server = Fastify({ forceCloseConnections: true });
  server.get('/', (_, reply) => reply.type('text/html').send('<!doctype html><title>page</title>'));
  return listening(server);
}

/** What a script of a page gets: status and text of the answer, or the error if the browser keeps the answer back. */
export async function callFromPage(browser: Browser, page: Backend, call: { readonly url: string } & RequestInit) {
  const tab = await browser.newPage();
  onTestFinished(() => tab.close());
  await tab.goto(`http://127.0.0.1:${page.port}/`);
  return tab.evaluate(async ({ url, ...init }) => {
    try {
      const response = await fetch(url, init);
      return { status: response.status, text: await response.text() };
    } catch (error) {
      return { error: String(error) };
    }
  }, call);
}
