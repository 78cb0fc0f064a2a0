import type { Reply } from '../controllers/contract.ts';
import { misfitTextOf } from '../controllers/misfit.ts';
import type { Settings } from '../controllers/settings.ts';
import { Value } from '../controllers/typebox.ts';
import { answerCustomize, answerSync, type Failure, failureText } from './answer.ts';
import { CustomizeRequest, type CustomizeResponse } from './wire/customize.ts';
import type { Hook } from './wire/hook-names.ts';
import { SYNC_FORMS } from './wire/sync-forms.ts';
import { readSync } from './wire/sync-request.ts';
import type { SyncResponse } from './wire/sync-response.ts';

/** What a hook answers to a body, or why it does not, with the path of the field in the body. */
export type BodyAnswer =
  | { readonly outcome: 'synced'; readonly response: SyncResponse; readonly reply: Reply }
  | { readonly outcome: 'customized'; readonly response: CustomizeResponse }
  | { readonly outcome: 'refused'; readonly why: string };

/** How to answer. */
export interface Circumstances {
  readonly settings: Settings;
  /** The time of the call. */
  readonly now: string;
}

/** Answers the body of a call as the server does, without one. */
export function answerBody(hook: Hook, body: unknown, circumstances: Circumstances): BodyAnswer {
  if (hook.hook === 'sync') {
    return answerSyncBody(hook, body, circumstances);
  }
  if (hook.controller.customize === undefined) {
    return { outcome: 'refused', why: `${hook.controller.name} has no customize hook` };
  }
  if (!Value.Check(CustomizeRequest, body)) {
    return { outcome: 'refused', why: misfitTextOf(CustomizeRequest, body, 'body') };
  }
  const answer = answerCustomize(hook.controller, body, circumstances.settings);
  return answer.outcome === 'answered' ? { outcome: 'customized', response: answer.response } : refused(answer);
}

function answerSyncBody({ controller }: Hook, body: unknown, { settings, now }: Circumstances): BodyAnswer {
  const reading = readSync(SYNC_FORMS[controller.type], body, now);
  if (reading.outcome === 'refused') {
    return { outcome: 'refused', why: reading.text };
  }
  const answer = answerSync(controller, reading.snapshot, settings);
  return answer.outcome === 'answered'
    ? { outcome: 'synced', response: answer.response, reply: answer.reply }
    : refused(answer);
}

function refused(failure: Failure): BodyAnswer {
  return { outcome: 'refused', why: failureText(failure, 'request') };
}
