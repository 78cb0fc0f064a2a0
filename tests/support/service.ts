import { Writable } from 'node:stream';
import type { Controller } from '../../controllers/contract.ts';
import { readCredentials } from '../../webhooks/authentication/credentials.ts';
import { createLogger } from '../../webhooks/observability/logger.ts';
import { buildApp } from '../../webhooks/server/app.ts';
import type { App } from '../../webhooks/server/lifecycle.ts';
import { readSettings, type ServiceSettings, type Variables } from '../../webhooks/settings/settings.ts';

/** The delay is that of the whole test process, which a crowded machine can stop for seconds. */
const GATEWAY_ON: Variables = {
  MAX_EVENT_LOOP_DELAY_MS: '60000',
  GATEWAY_API_ENABLED: 'true',
  GATEWAY_NAMESPACE: 'kaos-system',
  HOST: '127.0.0.1',
  PORT: '0',
  ADMIN_PORT: '0',
};

export interface TestService extends App {
  /** The log lines so far, parsed. */
  readonly lines: Record<string, unknown>[];
  readonly post: (url: string, body: unknown, headers?: Record<string, string>) => Promise<Answered>;
}

interface Answered {
  readonly code: number;
  readonly text: string;
}

export function testSettings(variables: Variables = {}): ServiceSettings {
  const reading = readSettings({ ...GATEWAY_ON, ...variables });
  if (reading.outcome === 'bad') {
    throw new Error(reading.line);
  }
  return reading.settings;
}

/** The service without a port, to be called over injected HTTP requests. It keeps its log lines. */
export function testService(variables: Variables = {}, controllers?: readonly Controller[]): TestService {
  const lines: Record<string, unknown>[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      lines.push(JSON.parse(String(chunk)));
      done();
    },
  });
  const settings = testSettings(variables);
  const reading = readCredentials(settings);
  if (reading.outcome === 'bad') {
    throw new Error(reading.line);
  }
  const logger = createLogger('trace', stream);
  const app = buildApp(settings, { logger, credentials: reading.credentials, ...(controllers && { controllers }) });
  return { ...app, lines, post: (url, body, headers) => post(app, { url, body, headers }) };
}

interface Call {
  readonly url: string;
  readonly body: unknown;
  readonly headers: Record<string, string> | undefined;
}

async function post({ hooks }: App, { url, body, headers }: Call): Promise<Answered> {
  const payload = typeof body === 'string' ? body : JSON.stringify(body);
  const response = await hooks.inject({
    method: 'POST',
    url,
    payload,
    headers: { 'content-type': 'application/json', ...headers },
  });
  return { code: response.statusCode, text: response.body };
}
