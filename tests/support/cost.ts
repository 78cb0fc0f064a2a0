import { controllers } from '../../controllers/registry.ts';
import { answerCustomize, answerSync } from '../../webhooks/answer.ts';
import { SYNC_FORMS } from '../../webhooks/wire/sync-forms.ts';
import { readSync } from '../../webhooks/wire/sync-request.ts';
import * as gateways from './gateways.ts';
import type { Fields } from './growing.ts';
import type { GROWING_FIELDS } from './growing-fields.ts';
import * as kaos from './kaos.ts';
import { testSettings } from './service.ts';

/** A call of a hook, as text. */
export interface HookCall {
  readonly controller: string;
  readonly hook: 'sync' | 'customize';
  readonly text: string;
}

const IMAGES = {
  DEFAULT_AGENT_IMAGE: 'a',
  DEFAULT_LITELLM_IMAGE: 'l',
  DEFAULT_OLLAMA_IMAGE: 'o',
  DEFAULT_MEMORY_SERVICE_IMAGE: 'm',
};
const NOW = '2026-06-01T00:00:00Z';
const settings = testSettings({
  ...IMAGES,
  AGENT_ROUTES_ENABLED: 'true',
  REFERENCE_HASH_KEY_FILE: 'tests/support/reference-hash-key.txt',
}).controllers;

const SMALL = {
  Agent: kaos.agent(),
  ModelAPI: kaos.modelApi(),
  MCPServer: kaos.mcpServer(),
  MemoryStore: kaos.memoryStore(),
  AgentGateway: gateways.gateway(),
  RuntimeAgent: gateways.agent('team/large'),
};

type Kind = keyof typeof GROWING_FIELDS;

/** All calls that the engine makes for an object of a kind that has grown in some fields. */
export function callsFor(kind: Kind, fields: Fields): readonly HookCall[] {
  const small = SMALL[kind];
  const object: gateways.KubernetesObject = {
    ...small,
    metadata: { ...small.metadata, ...fields.metadata },
    spec: { ...(small['spec'] as object), ...fields.spec },
    ...(fields.status && { status: fields.status }),
  };
  const classes = gateways.gatewayClass('krakend', gateways.OURS, true);
  switch (kind) {
    case 'AgentGateway':
      return callsOf('agent-gateway', object, [classes]);
    case 'RuntimeAgent':
      return [
        ...callsOf('agent-gateway', gateways.gateway(), [classes, object]),
        ...callsOf('agent-routes', object, []),
      ];
    default:
      return [
        ...callsOf(`kaos-runtime-${kind.toLowerCase()}`, object, [kaos.registry(), kaos.ready(kaos.modelApi())]),
        ...callsOf('kaos-routes', object, []),
      ];
  }
}

function callsOf(
  controller: string,
  parent: gateways.KubernetesObject,
  related: readonly gateways.KubernetesObject[],
): readonly HookCall[] {
  const form = formOf(controller);
  const sync = {
    controller: {},
    [form.parentField]: parent,
    [form.childrenField]: {},
    related: gateways.objectMap(related),
    finalizing: false,
  };
  const customize = { controller, hook: 'customize', text: JSON.stringify({ controller: {}, parent }) } as const;
  return [
    { controller, hook: 'sync', text: JSON.stringify(sync) },
    ...(controllerOf(controller).customize === undefined ? [] : [customize]),
  ];
}

function controllerOf(name: string) {
  const found = controllers.find((controller) => controller.name === name);
  if (found === undefined) {
    throw new Error(`no controller ${name}`);
  }
  return found;
}

function formOf(controller: string) {
  return SYNC_FORMS[controllerOf(controller).type];
}

/** Answers a call, from the text of the body to the text of the answer, and returns the outcome. */
export function answerCall({ controller, hook, text }: HookCall): string {
  const body = JSON.parse(text);
  if (hook === 'customize') {
    const answer = answerCustomize(controllerOf(controller), body, settings);
    JSON.stringify(answer);
    return answer.outcome;
  }
  const reading = readSync(formOf(controller), body, NOW);
  if (reading.outcome === 'refused') {
    return reading.text;
  }
  const answer = answerSync(controllerOf(controller), reading.snapshot, settings);
  JSON.stringify(answer);
  return answer.outcome;
}

/** The time of the processor that something takes, in milliseconds: other processes do not count. */
export function processorMs(run: () => void): number {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
