import type { Controller, DesiredObject, DesiredStatus, Snapshot } from '../../controllers/contract.ts';
import { codeUnitOrder } from '../../controllers/data/order.ts';
import type { Endpoint } from '../../controllers/endpoint.ts';
import { mapKey } from '../../controllers/reading.ts';
import type { Reference } from '../../controllers/reference.ts';
import type { Settings } from '../../controllers/settings.ts';
import { answerCustomize, answerSync, type Failure, failureText } from '../answer.ts';
import { SYNC_FORMS } from '../wire/sync-forms.ts';
import { readSync } from '../wire/sync-request.ts';
import { desiredChildren } from '../wire/sync-response.ts';
import type { Cluster } from './cluster.ts';
import { type ClusterObject, identityOf, nameOf } from './cluster-object.ts';
import { byKind, childrenOf, customizeRequest, type ObjectsByKind, relatedOf, syncRequest } from './hook-request.ts';
import type { Manifest } from './manifests.ts';
import { originIn } from './origin.ts';
import { error, type Named, note, problemRemark, type Remark } from './remark.ts';

/** A table, the ways to call resources, and what they call, as the controller describes its answer. */
interface Description {
  readonly rows: readonly (readonly string[])[];
  readonly endpoints: readonly Endpoint[];
  readonly references: readonly Reference[];
}

/** The bodies of the calls for a parent. */
interface HookRequests {
  readonly customize: object;
  /** Undefined if the answer to customize does not say what to send. */
  readonly sync: object | undefined;
}

/** The result for one parent. */
interface RenderedParent extends AnsweredParent {
  readonly requests: HookRequests;
}

interface AnsweredParent {
  readonly parent: Manifest<ClusterObject>;
  readonly children: readonly DesiredObject[];
  /** Not all verbs need it, and it costs as much as the children. */
  readonly describe: () => Description;
  readonly remarks: readonly Remark[];
  readonly status: DesiredStatus;
}

/** The result of one controller for all its parents, sorted by their identities. */
export interface Rendered {
  readonly columns: readonly string[];
  readonly parents: readonly RenderedParent[];
  readonly remarks: readonly Remark[];
}

interface Wanted {
  readonly settings: Settings;
  /** The time of the calls. */
  readonly now: string;
  /** Whether to render a parent. */
  readonly isWanted: (parent: Named) => boolean;
}

/** Runs both hooks of a controller for each of its parents that are wanted. A parent without an answer becomes an error. */
export function callHooks(controller: Controller, cluster: Cluster, { settings, now, isWanted }: Wanted): Rendered {
  const parents = cluster.manifests
    .filter(({ object }) => controller.parents.some((reading) => mapKey(reading) === mapKey(object)))
    .filter(({ object }) => isWanted(object))
    .sort((a, b) => codeUnitOrder(identityOf(a.object), identityOf(b.object)));
  const objects = cluster.manifests.map(({ object }) => object);
  const kinds = byKind(objects);
  const rendered = parents.map((parent) => callForParent(controller, parent, { objects: kinds, settings, now }));
  return {
    columns: controller.columns,
    parents: rendered,
    remarks: [...rendered.flatMap(({ remarks }) => remarks), ...passedOver(controller, objects, settings)],
  };
}

/** A note for each object that no hook gets, so that no row has it. */
function passedOver(
  { whyPassedOver }: Controller,
  objects: readonly ClusterObject[],
  settings: Settings,
): readonly Remark[] {
  return objects.flatMap((object) => {
    const why = whyPassedOver?.(object, settings);
    return why === undefined ? [] : [note(nameOf(object), why, object)];
  });
}

interface Surroundings {
  readonly objects: ObjectsByKind;
  readonly settings: Settings;
  readonly now: string;
}

/** Runs customize, then sync with the objects that customize selected, as the engine does. */
function callForParent(
  controller: Controller,
  parent: Manifest<ClusterObject>,
  { objects, settings, now }: Surroundings,
): RenderedParent {
  const { object } = parent;
  const customize = customizeRequest(controller, object);
  const customized = answerCustomize(controller, customize, settings);
  if (customized.outcome !== 'answered') {
    return { ...unanswered(parent, customized), requests: { customize, sync: undefined } };
  }
  const sync = syncRequest(controller, object, {
    children: childrenOf(controller, object, objects),
    related: relatedOf(controller, customized.response.relatedResources, objects),
  });
  const reading = readSync(SYNC_FORMS[controller.type], sync, now);
  const answered =
    reading.outcome === 'read'
      ? callSync(controller, reading.snapshot, { parent, settings })
      : failed(parent, reading.text);
  return { ...answered, requests: { customize, sync } };
}

interface Place {
  readonly parent: Manifest<ClusterObject>;
  readonly settings: Settings;
}

function callSync(controller: Controller, snapshot: Snapshot<unknown>, { parent, settings }: Place): AnsweredParent {
  const answer = answerSync(controller, snapshot, settings);
  if (answer.outcome !== 'answered') {
    return unanswered(parent, answer);
  }
  return {
    parent,
    status: answer.reply.status,
    children: desiredChildren(answer.reply),
    describe: () => descriptionOf(controller, snapshot, settings),
    remarks: answer.reply.problems.map((problem) => problemRemark(problem, parent.object)),
  };
}

function descriptionOf(controller: Controller, snapshot: Snapshot<unknown>, settings: Settings): Description {
  const described = controller.describe(snapshot, settings);
  return described.outcome === 'described' ? described : NOT_DESCRIBED;
}

const NOT_DESCRIBED: Description = { rows: [], endpoints: [], references: [] };

function unanswered(parent: Manifest<ClusterObject>, answer: Failure): AnsweredParent {
  const why = failureText(answer, 'parent');
  return failed(parent, answer.outcome === 'violated' ? `a defect of agent-gateway-hooks: ${why}` : why);
}

/** The place in a file says which object it is, and that of an object of a cluster does not. */
function failed(parent: Manifest<ClusterObject>, why: string): AnsweredParent {
  const text = originIn(parent.origin) === undefined ? `${nameOf(parent.object)}: ${why}` : why;
  return {
    parent,
    children: [],
    describe: () => NOT_DESCRIBED,
    remarks: [error(parent.origin, text, parent.object)],
    status: null,
  };
}

/** The ways to call resources of all answers. */
export function endpointsOf(answers: readonly Rendered[]): readonly Endpoint[] {
  return answers.flatMap(({ parents }) => parents.flatMap(({ describe }) => describe().endpoints));
}
