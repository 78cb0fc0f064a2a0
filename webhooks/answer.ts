import type { Controller, Reply, Snapshot } from '../controllers/contract.ts';
import { type Misfit, misfitText } from '../controllers/misfit.ts';
import type { Settings } from '../controllers/settings.ts';
import { guardCustomize, guardSync } from './guard/guard.ts';
import type { Violation } from './guard/violation.ts';
import type { CustomizeRequest, CustomizeResponse } from './wire/customize.ts';
import { parentIdentity } from './wire/parent-identity.ts';
import { SYNC_FORMS } from './wire/sync-forms.ts';
import { type SyncResponse, syncResponse } from './wire/sync-response.ts';

/** Why an answer is not a 200: the parent has an invalid field, or the guard found a defect of this service. */
export type Failure =
  | { readonly outcome: 'refused'; readonly parentField: 'object' | 'parent'; readonly misfit: Misfit }
  | { readonly outcome: 'violated'; readonly violations: readonly Violation[] };

/** The outcome of a sync. The reply is for the log line and the metrics. */
export type SyncAnswer =
  | { readonly outcome: 'answered'; readonly response: SyncResponse; readonly reply: Reply }
  | Failure;

/** The outcome of a customize. */
export type CustomizeAnswer = { readonly outcome: 'answered'; readonly response: CustomizeResponse } | Failure;

/** Answers one sync. The server, the offline command and the fixtures all call it. */
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

/** Answers one customize. Without a customize hook, the answer has no rules. */
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
 * The reason on one line: each broken rule of the guard with its field, or the invalid field with what is expected. The
 * field's path starts at the request (`object.spec.mode`) or at the parent (`spec.mode`), for users who see only the parent.
 */
export function failureText(answer: Failure, from: 'request' | 'parent'): string {
  return answer.outcome === 'violated'
    ? answer.violations.map(({ rule, at }) => `${rule} at ${at}`).join(', ')
    : misfitText(answer.misfit, from === 'request' ? answer.parentField : '');
}
