import type { Controller } from '../../controllers/contract.ts';
import { codeUnitOrder } from '../../controllers/data/order.ts';
import { controllers } from '../../controllers/registry.ts';
import { answerSync } from '../../webhooks/answer.ts';
import { reorder } from '../../webhooks/fixtures/reorder.ts';
import { SYNC_FORMS, type SyncForm } from '../../webhooks/wire/sync-forms.ts';
import { readSync } from '../../webhooks/wire/sync-request.ts';
import { desiredChildren, type SyncResponse } from '../../webhooks/wire/sync-response.ts';
import * as gateways from '../support/gateways.ts';
import * as kaos from '../support/kaos.ts';
import { testSettings } from '../support/service.ts';
import { managedBy } from './managed-fields.ts';

type KubernetesObject = gateways.KubernetesObject;

/** What the engine knows when it calls a sync hook. */
export interface Call {
  readonly controller: string;
  readonly parent: KubernetesObject;
  readonly children: readonly KubernetesObject[];
  readonly related: readonly KubernetesObject[];
}

/**
 * The settings of all calls, in this process and over HTTP. The largest bodies may come, and no more of them at once than one of that size:
 * without this limit, bodies would wait until the time for a call to arrive is over.
 */
export const VARIABLES = {
  BODY_LIMIT_MIB: '256',
  DEFAULT_AGENT_IMAGE: 'example/agent:1',
  DEFAULT_LITELLM_IMAGE: 'example/litellm:1',
  DEFAULT_MEMORY_SERVICE_IMAGE: 'example/memory:1',
  DEFAULT_OLLAMA_IMAGE: 'example/ollama:1',
  GATEWAY_API_ENABLED: 'true',
  GATEWAY_NAMESPACE: 'kaos-system',
  KAOS_RUNTIME_ENABLED: 'true',
  MAX_EVENT_LOOP_DELAY_MS: '60000',
  MAX_MIB_IN_FLIGHT: '256',
} as const;
export const SETTINGS = testSettings(VARIABLES).controllers;

/** An hour after all agents of the inputs were written. */
export const NOW = '2026-01-01T01:00:00Z';
/** Two are enough today: one to make the children, and one for what the status says of them. */
const MOST_SYNCS = 5;

export function controllerOf(name: string): Controller {
  const found = controllers.find((controller) => controller.name === name);
  if (found === undefined) {
    throw new Error(`controller ${name} is not in the registry`);
  }
  return found;
}

/** A body with its keys sorted and its text escaped, as Go writes it. */
export function bodyOf(call: Call): Buffer {
  return toBytes(reorder(requestOf(call), codeUnitOrder));
}

export function toBytes(value: unknown): Buffer {
  const text = JSON.stringify(value).replaceAll(/[<>&]/g, (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`);
  return Buffer.from(text);
}

export function requestOf({ controller, parent, children, related }: Call): object {
  const { parentField, childrenField } = formOf(controller);
  return {
    controller: {},
    [parentField]: parent,
    [childrenField]: gateways.objectMap(children),
    related: gateways.objectMap(related),
    finalizing: false,
  };
}

export function formOf(controller: string): SyncForm {
  return SYNC_FORMS[controllerOf(controller).type];
}

/** The call once its answers have been applied, so that the next answer changes nothing. */
export function settled(call: Call, syncs = MOST_SYNCS): Call {
  const { response, children } = answerTo(call);
  const { status } = response;
  const next = {
    ...call,
    parent: status === null ? call.parent : { ...call.parent, status },
    children: observed(call, children),
  };
  if (JSON.stringify(next) === JSON.stringify(call)) {
    return call;
  }
  if (syncs === 0) {
    throw new Error(`${call.controller} still changes its answer after ${MOST_SYNCS} syncs`);
  }
  return settled(next, syncs - 1);
}

function answerTo(call: Call): { readonly response: SyncResponse; readonly children: readonly KubernetesObject[] } {
  const reading = readSync(formOf(call.controller), JSON.parse(JSON.stringify(requestOf(call))), NOW);
  if (reading.outcome === 'refused') {
    throw new Error(reading.text);
  }
  const answer = answerSync(controllerOf(call.controller), reading.snapshot, SETTINGS);
  if (answer.outcome !== 'answered') {
    throw new Error(`${call.controller}: ${JSON.stringify(answer)}`);
  }
  return { response: answer.response, children: desiredChildren(answer.reply) as readonly KubernetesObject[] };
}

function observed({ controller }: Call, children: readonly KubernetesObject[]): readonly KubernetesObject[] {
  const seen = controllerOf(controller).type === 'composite' ? kaos.observed(children) : gateways.observed(children);
  return seen.map((child, index) => ({
    ...child,
    metadata: { ...child.metadata, managedFields: [managedBy('metacontroller', NOW, children[index] ?? {})] },
  }));
}
