import path from 'node:path';
import { OFFLINE_VARIABLES } from '../../webhooks/offline.ts';
import { processMemory } from '../support/process-memory.ts';
import { ROOT } from '../support/run.ts';
import { type ServiceProcess, startService } from '../support/service-process.ts';

/** Every controller, and the features that settings turn on. The hash of Secrets is left out, because it needs TLS. */
const EVERYTHING = {
  ...OFFLINE_VARIABLES,
  ACCESS_AWAIT_POLICIES: 'true',
  ACCESS_DIALECT: 'envoy-gateway',
  ACCESS_RULES_FILE: path.join(ROOT, 'tests/fixtures/access/gateway.yaml'),
  AGENT_ROUTES_ENABLED: 'true',
  GATEWAY_API_INTERNAL_ROUTING: 'true',
  KAOS_RUNTIME_ENABLED: 'true',
  KAOS_RUNTIME_HAS_MEMORY_STORES: 'true',
  // So that gateways of both forms are among the answers.
  AGENT_GATEWAY_CONFIG_LIMIT_KIB: '30',
  MAX_EVENT_LOOP_DELAY_MS: '60000',
} as Readonly<Record<string, string>>;

/** A small heap, in MiB: V8 collects garbage before it hides a leak. The bodies are small too. */
const HEAP = '--max-old-space-size=192';

/** Starts the real process. */
export async function startFuzzed(): Promise<ServiceProcess> {
  return startService(EVERYTHING, [HEAP]);
}

/** Whether the process has ended, by itself or by the kernel. */
export function hasEnded({ child }: ServiceProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

/** The memory that the process has now, in MiB, without that of files. */
export function memoryOf({ child }: ServiceProcess): number {
  return processMemory(child.pid, 'RssAnon') / 1024 ** 2;
}
