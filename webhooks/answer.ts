import type { Controller, Reply, Snapshot } from '../controllers/contract.ts';
import { type Misfit, misfitText } from '../controllers/misfit.ts';
import type { Settings } from '../controllers/settings.ts';
import { guardCustomize, guardSync } from './guard/guard.ts';
import type { Violation } from './guard/violation.ts';
import type { CustomizeRequest, CustomizeResponse } from './wire/customize.ts';
import { parentIdentity } from './wire/parent-identity.ts';
import { SYNC_FORMS } from './wire/sync-forms.ts';
import { type SyncResponse, syncResponse } from './wire/sync-response.ts';

/** No 200: the parent does not fit, or a defect of ours that the guard found. */
export type NoAnswer =
  | { readonly outcome: 'refused'; readonly parentField: 'object' | 'parent'; readonly misfit: Misfit }
  | { readonly outcome: 'violated'; readonly violations: readonly Violation[] };

/** What a sync comes to; the reply is there for whoever reports on it. */
export type SyncAnswer =
  | { readonly outcome: 'answered'; readonly response: SyncResponse; readonly reply: Reply }
  | NoAnswer;

/** What a customize comes to. */
export type CustomizeAnswer = { readonly outcome: 'answered'; readonly response: CustomizeResponse } | NoAnswer;

/** One sync, as the server, the offline command and the fixtures all do it. */
export function answerSync(controller: Controller, snapshot: Snapshot<unknown>, settings: Settings): SyncAnswer {
  const reply = controller.sync(snapshot, settings);
  const form = SYNC_FORMS[controller.type];
  if (reply.outcome === 'refuse') {
    return { outcome: 'refused', parentField: form.parentField, misfit: reply.misfit };
  }
  const violations = guardSync(reply, parentIdentity(snapshot.parent), controller);
  return violations.length > 0
    ? { outcome: 'violated', violations }
    : { outcome: 'answered', response: syncResponse(form, reply), reply };
}

/** One customize; a controller without that hook asks for nothing. */
export function answerCustomize(controller: Controller, call: CustomizeRequest, settings: Settings): CustomizeAnswer {
  const related = controller.customize?.(call.parent, settings) ?? { outcome: 'related', rules: [] };
  if (related.outcome === 'refuse') {
    return { outcome: 'refused', parentField: 'parent', misfit: related.misfit };
  }
  const response = { relatedResources: related.rules };
  const violations = guardCustomize(response, controller);
  return violations.length > 0 ? { outcome: 'violated', violations } : { outcome: 'answered', response };
}

/**
 * Why there is no answer, on one line: the rules of the guard that were broken, and where; or the field that does not fit.
 * Its path begins in the request (`object.spec.mode`), or in the parent (`spec.mode`) for readers who have only that.
 */
export function whyNoAnswer(answer: NoAnswer, from: 'request' | 'parent'): string {
  return answer.outcome === 'violated'
    ? answer.violations.map(({ rule, at }) => `${rule} at ${at}`).join(', ')
    : misfitText(answer.misfit, from === 'request' ? answer.parentField : '');
}
