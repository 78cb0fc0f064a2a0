import type { Controller, DesiredStatus, RelatedRule } from '../../controllers/contract.ts';
import { isPlainObject, type PlainObject } from '../../controllers/data/plain-object.ts';
import { misfitTextOf } from '../../controllers/misfit.ts';
import type { Problem } from '../../controllers/problem.ts';
import type { Settings } from '../../controllers/settings.ts';
import { Value } from '../../controllers/typebox.ts';
import { answerCustomize, answerSync, type Failure, failureText } from '../answer.ts';
import { CustomizeRequest, type CustomizeResponse } from '../wire/customize.ts';
import { SYNC_FORMS, type SyncRequest } from '../wire/sync-forms.ts';
import { readSync } from '../wire/sync-request.ts';
import { desiredChildren, type SyncResponse } from '../wire/sync-response.ts';
import { changedPaths } from './changed-paths.ts';
import { type Change, childChanges } from './changes.ts';

/** What a hook answers to a recorded call, and what Metacontroller does then; or why it does not answer. */
export type Replayed =
  | {
      readonly outcome: 'synced';
      readonly response: SyncResponse;
      readonly changes: readonly Change[];
      /** The change of the parent's status; undefined if it stays. */
      readonly status: StatusChange | undefined;
      readonly problems: readonly Problem[];
    }
  | { readonly outcome: 'customized'; readonly response: CustomizeResponse; readonly rules: readonly RelatedRule[] }
  | { readonly outcome: 'refused'; readonly why: string };

/** A status before and after an answer. */
export interface StatusChange {
  readonly before: PlainObject;
  readonly after: PlainObject;
  readonly paths: readonly string[];
}

/** How to answer. */
export interface Circumstances {
  readonly settings: Settings;
  /** The time of the call. */
  readonly now: string;
}

/** Answers a body as the server does, and compares a sync with the children and the status that the body has. */
export function replaySync(controller: Controller, body: unknown, { settings, now }: Circumstances): Replayed {
  const form = SYNC_FORMS[controller.type];
  const reading = readSync(form, body, now);
  if (reading.outcome === 'refused') {
    return { outcome: 'refused', why: reading.text };
  }
  const answer = answerSync(controller, reading.snapshot, settings);
  if (answer.outcome !== 'answered') {
    return refused(answer);
  }
  const { reply, response } = answer;
  const observed = (body as SyncRequest)[form.childrenField];
  return {
    outcome: 'synced',
    response,
    changes: childChanges(observed, desiredChildren(reply)),
    status: statusChange(reading.snapshot.parent, reply.status, controller),
    problems: reply.problems,
  };
}

/** Answers the body of a customize as the server does. */
export function replayCustomize(controller: Controller, body: unknown, settings: Settings): Replayed {
  if (!Value.Check(CustomizeRequest, body)) {
    return { outcome: 'refused', why: misfitTextOf(CustomizeRequest, body, 'body') };
  }
  const answer = answerCustomize(controller, body, settings);
  return answer.outcome === 'answered'
    ? { outcome: 'customized', response: answer.response, rules: answer.response.relatedResources }
    : refused(answer);
}

function refused(failure: Failure): Replayed {
  const why = failureText(failure, 'request');
  return { outcome: 'refused', why: failure.outcome === 'violated' ? `a defect of agent-gateway-hooks: ${why}` : why };
}

/** A decorator leaves a status by answering null. To that of a composite, Metacontroller adds the generation itself. */
function statusChange(parent: unknown, status: DesiredStatus, { type }: Controller): StatusChange | undefined {
  if (status === null && type === 'decorator') {
    return undefined;
  }
  const before = isPlainObject(parent) && isPlainObject(parent['status']) ? parent['status'] : {};
  const { observedGeneration } = before;
  const kept = type === 'composite' && observedGeneration !== undefined ? { observedGeneration } : {};
  const after = { ...kept, ...status };
  const paths = changedPaths(before, after, 'status');
  return paths.length === 0 ? undefined : { before, after, paths };
}
