import type { AddressInfo } from 'node:net';
import { recordedBody } from './recordings.ts';
import { type TestService, testService } from './service.ts';

/** A request that the service answers if its caller is allowed. */
export const BODY = JSON.stringify(recordedBody('decorator-sync-agent-research.helper-new'));
export const HOOK = '/kaos-routes/sync';
export const REFUSED = { code: 401, text: 'unauthorized' };

const open: TestService[] = [];

/** Starts the service on a free port, until `closeAll`. */
export async function listen(
  variables: Readonly<Record<string, string>>,
): Promise<TestService & { readonly port: number }> {
  const service = testService(variables);
  open.push(service);
  await service.hooks.listen({ host: '127.0.0.1', port: 0 });
  return { ...service, port: (service.hooks.server.address() as AddressInfo).port };
}

export async function closeAll(): Promise<void> {
  await Promise.all(open.splice(0).map(({ hooks }) => hooks.close()));
}

/** The value in the first line of a metric. */
export async function metric({ admin }: TestService, name: string): Promise<string | undefined> {
  return new RegExp(`^${name}(?:\\{.*\\})? (.*)$`, 'm').exec((await admin.inject('/metrics')).body)?.[1];
}
