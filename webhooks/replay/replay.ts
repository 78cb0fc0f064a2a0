import type { Controller, DesiredStatus } from '../../controllers/contract.ts';
import { isPlainObject, type PlainObject } from '../../controllers/data/plain-object.ts';
import type { Problem } from '../../controllers/problem.ts';
import { answerBody, type Circumstances } from '../answer-body.ts';
import type { CustomizeResponse } from '../wire/customize.ts';
import type { Hook } from '../wire/hook-names.ts';
import { SYNC_FORMS, type SyncRequest } from '../wire/sync-forms.ts';
import { desiredChildren, type SyncResponse } from '../wire/sync-response.ts';
import { parentOf } from './called-hook.ts';
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
      /** Why the answer has no children on purpose; undefined if it has some. */
      readonly released: string | undefined;
    }
  | { readonly outcome: 'customized'; readonly response: CustomizeResponse }
  | { readonly outcome: 'refused'; readonly why: string };

/** A status before and after an answer. */
export interface StatusChange {
  readonly before: PlainObject;
  readonly after: PlainObject;
  readonly paths: readonly string[];
}

/** Answers a body as the server does, and compares a sync with the children and the status that the body has. */
export function replay(hook: Hook, body: PlainObject, circumstances: Circumstances): Replayed {
  const answer = answerBody(hook, body, circumstances);
  if (answer.outcome !== 'synced') {
    return answer;
  }
  const { reply, response } = answer;
  const { [SYNC_FORMS[hook.controller.type].childrenField]: observed } = body as unknown as SyncRequest;
  return {
    outcome: 'synced',
    response,
    changes: childChanges(observed, desiredChildren(reply)),
    status: statusChange(parentOf(body), reply.status, hook.controller),
    problems: reply.problems,
    released: reply.outcome === 'release' ? reply.reason : undefined,
  };
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
