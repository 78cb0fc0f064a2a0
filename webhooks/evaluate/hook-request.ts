import type { Controller, RelatedRule } from '../../controllers/contract.ts';
import { isRuleFor } from '../../controllers/engine/related-rule.ts';
import { selectsLabels } from '../../controllers/kubernetes/objects/label-selector.ts';
import { mapKey, type Reading } from '../../controllers/reading.ts';
import { SYNC_FORMS } from '../wire/sync-forms.ts';
import { type ClusterObject, keyOf } from './cluster-object.ts';

type ObjectMap = Record<string, Record<string, ClusterObject>>;

/** The body of the customize request for a parent. */
export function customizeRequest(controller: Controller, parent: ClusterObject) {
  const kind = SYNC_FORMS[controller.type].engineKind;
  return {
    controller: { apiVersion: 'metacontroller.k8s.io/v1alpha1', kind, metadata: { name: controller.name } },
    parent,
  };
}

/** The body of the sync request for a parent, with its children and related objects. */
export function syncRequest(
  controller: Controller,
  parent: ClusterObject,
  { children, related }: { readonly children: ObjectMap; readonly related: ObjectMap },
): object {
  const { controller: engineObject } = customizeRequest(controller, parent);
  const { parentField, childrenField } = SYNC_FORMS[controller.type];
  return { controller: engineObject, [parentField]: parent, [childrenField]: children, related, finalizing: false };
}

/** The objects of a cluster by their kinds and keys, so that the calls for many parents do not read all of them each time. */
export type ObjectsByKind = ReadonlyMap<string, ReadonlyMap<string, ClusterObject>>;

export function byKind(objects: readonly ClusterObject[]): ObjectsByKind {
  const groups = [...Map.groupBy(objects, mapKey)];
  return new Map(
    groups.map(([kind, own]) => [kind, new Map(own.map((object) => [keyOf(object.metadata), object] as const))]),
  );
}

/** The objects of the declared child kinds whose controller is this parent. */
export function childrenOf(controller: Controller, parent: ClusterObject, objects: ObjectsByKind): ObjectMap {
  const { uid } = parent.metadata;
  const isOwned = ({ metadata }: ClusterObject) =>
    uid !== undefined &&
    metadata.ownerReferences?.some((owner) => owner.controller === true && owner.uid === uid) === true;
  return objectMap(
    controller.children.map((reading) => [reading, [...ofKind(reading, objects).values()].filter(isOwned)]),
  );
}

/** The objects that the rules in a customize answer select. */
export function relatedOf(controller: Controller, rules: readonly RelatedRule[], objects: ObjectsByKind): ObjectMap {
  return objectMap(
    controller.related
      .map((reading) => ({ reading, own: rules.filter((rule) => isRuleFor(rule, reading)) }))
      .filter(({ own }) => own.length > 0)
      .map(({ reading, own }) => [
        reading,
        [...new Set(own.flatMap((rule) => selected(rule, ofKind(reading, objects))))],
      ]),
  );
}

/** A rule with a namespace and names is looked up, because most rules are, and there is one for each of many parents. */
function selected(rule: RelatedRule, objects: ReadonlyMap<string, ClusterObject>): readonly ClusterObject[] {
  const { namespace, names } = rule;
  const candidates =
    namespace === undefined || names === undefined
      ? [...objects.values()]
      : names.flatMap((name) => objects.get(keyOf({ namespace, name })) ?? []);
  return candidates.filter((object) => selects(rule, object));
}

function selects({ namespace, names, labelSelector }: RelatedRule, { metadata }: ClusterObject): boolean {
  return (
    (namespace === undefined || namespace === metadata.namespace) &&
    (names === undefined || names.includes(metadata.name)) &&
    (labelSelector === undefined || selectsLabels(labelSelector, metadata.labels ?? {}))
  );
}

function ofKind(reading: Reading, objects: ObjectsByKind): ReadonlyMap<string, ClusterObject> {
  return objects.get(mapKey(reading)) ?? new Map();
}

function objectMap(groups: readonly (readonly [Reading, readonly ClusterObject[]])[]): ObjectMap {
  return Object.fromEntries(
    groups.map(([reading, objects]) => [
      mapKey(reading),
      Object.fromEntries(objects.map((object) => [keyOf(object.metadata), object])),
    ]),
  );
}
