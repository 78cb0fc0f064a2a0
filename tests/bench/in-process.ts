import { TypeBoxValidatorCompiler } from '@fastify/type-provider-typebox';
import { answerSync } from '../../webhooks/answer.ts';
import { asJson } from '../../webhooks/server/hook-schemas.ts';
import { parseJson } from '../../webhooks/server/json-body.ts';
import type { SyncRequest } from '../../webhooks/wire/sync-forms.ts';
import { snapshotOf } from '../../webhooks/wire/sync-request.ts';
import { controllerOf, formOf, NOW, SETTINGS } from './calls.ts';

/** Answers the body of a sync hook. Returns the text of the answer. */
export type Answering = (body: Buffer) => string;

/** The way of a call through the server without HTTP: the bytes are parsed, checked, answered and written by the same functions. */
export function serverPath(name: string): Answering {
  const controller = controllerOf(name);
  const form = formOf(name);
  const check = TypeBoxValidatorCompiler({ schema: form.request, method: 'POST', url: '/', httpPart: 'body' });
  const write = asJson();
  return (body) => {
    const parsed = parseJson(body, Number.POSITIVE_INFINITY);
    if (parsed.outcome === 'refused') {
      throw new Error(parsed.text);
    }
    const { value, error } = check(parsed.value) as { value?: unknown; error?: readonly object[] };
    if (error !== undefined) {
      throw new Error(JSON.stringify(error[0]));
    }
    const answer = answerSync(controller, snapshotOf(form, value as SyncRequest, NOW), SETTINGS);
    if (answer.outcome !== 'answered') {
      throw new Error(JSON.stringify(answer));
    }
    return write(answer.response);
  };
}

/** The least that any service in this language does with a call: the body is parsed, and an answer is written. */
export function floorPath(answer: string): Answering {
  const response: unknown = JSON.parse(answer);
  return (body) => {
    JSON.parse(body.toString('utf8'));
    return JSON.stringify(response);
  };
}
