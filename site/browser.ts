import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'chrome'];

/** The browser that CHROMIUM names, or one on PATH; undefined if there is none. */
export function findBrowser(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  const candidates = folders.flatMap((folder) => NAMES.map((name) => path.join(folder, name)));
  return process.env['CHROMIUM'] || candidates.find((file) => existsSync(file));
}

/** What a message of the DevTools protocol holds: https://chromedevtools.github.io/devtools-protocol/ */
interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: { readonly request?: { readonly url: string } };
  readonly result?: Readonly<Record<string, unknown>>;
  readonly error?: { readonly message: string };
}

export interface Tab {
  readonly send: (method: string, params?: object) => Promise<Readonly<Record<string, unknown>>>;
  /** Resolves with the next event of this name. */
  readonly next: (method: string) => Promise<void>;
  /** The addresses that the tab has asked for. */
  readonly requested: string[];
}

/** Starts a browser without a window, and gives its only tab to `use`. The browser ends afterwards. */
export async function withTab(browser: string, use: (tab: Tab) => Promise<void>): Promise<void> {
  const profile = mkdtempSync(path.join(tmpdir(), 'site-browser-'));
  const flags = ['--headless=new', '--no-sandbox', '--disable-gpu', '--hide-scrollbars', '--remote-debugging-port=0'];
  const child = spawn(browser, [...flags, `--user-data-dir=${profile}`, 'about:blank'], { stdio: 'ignore' });
  try {
    const tab = await connect(await portOf(profile));
    await use(tab);
  } finally {
    await ended(child);
  }
}

async function ended(child: ChildProcess): Promise<void> {
  const isOver = child.exitCode === null ? new Promise((resolve) => child.once('exit', resolve)) : undefined;
  child.kill();
  await isOver;
}

const STARTS_WITHIN_MS = 60_000;

/** The port of the browser, which it writes into its profile. */
async function portOf(profile: string): Promise<string> {
  const file = path.join(profile, 'DevToolsActivePort');
  for (let waited = 0; waited < STARTS_WITHIN_MS; waited += 200) {
    const [port] = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
    if (port) {
      return port;
    }
    await wait(200);
  }
  throw new Error(`the browser did not start within ${STARTS_WITHIN_MS / 1000} s`);
}

async function connect(port: string): Promise<Tab> {
  const targets = (await (await fetch(`http://127.0.0.1:${port}/json/list`)).json()) as {
    readonly type: string;
    readonly webSocketDebuggerUrl: string;
  }[];
  const socket = new WebSocket(targets.find(({ type }) => type === 'page')?.webSocketDebuggerUrl ?? '');
  await new Promise((resolve) => socket.addEventListener('open', resolve));
  const answers = new Map<number, (message: Message) => void>();
  const events = new Map<string, () => void>();
  const requested: string[] = [];
  socket.addEventListener('message', ({ data }) => {
    const message: Message = JSON.parse(String(data));
    answers.get(message.id ?? 0)?.(message);
    events.get(message.method ?? '')?.();
    if (message.params?.request !== undefined) {
      requested.push(message.params.request.url);
    }
  });
  let last = 0;
  const send = async (method: string, params: object = {}) => {
    last += 1;
    const id = last;
    const answer = new Promise<Message>((resolve) => answers.set(id, resolve));
    socket.send(JSON.stringify({ id, method, params }));
    const { result, error } = await answer;
    if (error !== undefined) {
      throw new Error(`${method}: ${error.message}`);
    }
    return result ?? {};
  };
  return { send, requested, next: (method) => new Promise((resolve) => events.set(method, resolve)) };
}
