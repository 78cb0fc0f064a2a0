import type { Controller, RelatedRule } from '../../controllers/contract.ts';
import { isRuleFor } from '../../controllers/engine/related-rule.ts';
import { mapKey } from '../../controllers/reading.ts';
import { SYNC_FORMS } from '../../webhooks/wire/sync-forms.ts';
import type { Call } from './bodies.ts';
import type { Answer } from './send.ts';

const LONGEST_MS = 1000;
const SMALL_BYTES = 1024 * 1024;

/** How far a call came: to the controller, or to one of the checks before it. */
export type Reached = 'answered' | 'refused by the controller' | 'refused before';

export function reached({ code, text }: Answer): Reached {
  if (code === 200) {
    return 'answered';
  }
  return code === 400 && /^(object|parent)\./.test(text) ? 'refused by the controller' : 'refused before';
}

/** What is wrong with an answer; undefined if nothing is. */
export function whyWrong(call: Call, answer: Answer): string | undefined {
  const { code, text, ms } = answer;
  if (code === 200) {
    return whyNotValid(call, text) ?? whySlow(call, ms);
  }
  if (code < 400 || code > 499) {
    return `code ${code}: ${text.slice(0, 300)}`;
  }
  const isOneLine = text.length > 0 && text.length < 2000 && !/[\n\r]/.test(text);
  return isOneLine ? whySlow(call, ms) : `the text of a ${code} is not one short line: ${text.slice(0, 300)}`;
}

/** Whether a wrong answer could be right on a machine with nothing else to do. */
export function isSlow(why: string): boolean {
  return why.startsWith('took');
}

function whySlow({ body }: Call, ms: number): string | undefined {
  return ms > LONGEST_MS && body.length < SMALL_BYTES ? `took ${Math.round(ms)} ms` : undefined;
}

type Fields = Readonly<Record<string, unknown>>;

function whyNotValid({ hook, body }: Call, text: string): string | undefined {
  const answer: unknown = JSON.parse(text);
  if (!isFields(answer)) {
    return 'the answer is not an object';
  }
  const request = JSON.parse(body.toString('utf8'));
  return hook.kind === 'customize'
    ? whyNotRules(hook.controller, answer)
    : whyNotSync(hook.controller, answer, request);
}

function whyNotRules({ related }: Controller, { relatedResources: rules, ...others }: Fields): string | undefined {
  if (!Array.isArray(rules) || Object.keys(others).length > 0) {
    return 'relatedResources is not a list, or is not alone';
  }
  const wrong = rules.find((rule: RelatedRule | null) => {
    return rule === null || rule.names?.length === 0 || !related.some((reading) => isRuleFor(rule, reading));
  });
  return hasNull(rules) || wrong ? `not a valid rule: ${JSON.stringify(wrong)}` : undefined;
}

function whyNotSync(controller: Controller, answer: Fields, request: Fields): string | undefined {
  const { childrenField, parentField } = SYNC_FORMS[controller.type];
  const { [childrenField]: children, status, resyncAfterSeconds = 1, ...others } = answer;
  if (!Array.isArray(children) || Object.keys(others).length > 0) {
    return `${childrenField} is not a list, or there are unknown fields: ${Object.keys(others)}`;
  }
  if ((status !== null && (!isFields(status) || hasNull(status))) || !(Number(resyncAfterSeconds) > 0)) {
    return 'status or resyncAfterSeconds is not valid';
  }
  const { namespace } = (request[parentField] as { metadata: { namespace?: string } }).metadata;
  const keys = children.map((child) => keyOf(child));
  const double = keys.find((key, index) => keys.indexOf(key) < index);
  const wrong = children.map((child) => whyNotChild(child, controller, namespace)).find((why) => why !== undefined);
  return wrong ?? (double && `two children are ${double}`);
}

function whyNotChild(child: unknown, { children }: Controller, parentNamespace?: string): string | undefined {
  if (!isFields(child) || hasNull(child)) {
    return 'a child is null or has a null';
  }
  const { apiVersion, kind, metadata } = child as { apiVersion: string; kind: string; metadata?: Fields };
  const { name, namespace, ...others } = metadata ?? {};
  if (!children.some((reading) => mapKey(reading) === mapKey({ apiVersion, kind }))) {
    return `a child is of the kind ${kind}`;
  }
  if (typeof name !== 'string' || name === '' || (parentNamespace !== undefined && namespace !== parentNamespace)) {
    return `a child is ${namespace}/${name}, and its parent in ${parentNamespace}`;
  }
  const extra = Object.keys(others).find((field) => !['labels', 'annotations', 'finalizers'].includes(field));
  return 'status' in child || extra ? `a child has a field of the server: ${extra ?? 'status'}` : undefined;
}

function keyOf(child: unknown): string {
  const { apiVersion, kind, metadata } = (child ?? {}) as { apiVersion?: string; kind?: string; metadata?: Fields };
  return [kind, apiVersion, metadata?.['namespace'], metadata?.['name']].join(' ');
}

function hasNull(root: unknown): boolean {
  const waiting = [root];
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    if (value === null) {
      return true;
    }
    if (typeof value === 'object') {
      waiting.push(...Object.values(value));
    }
  }
  return false;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
