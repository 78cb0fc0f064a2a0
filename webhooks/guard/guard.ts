import type { Controller, Reply } from '../../controllers/contract.ts';
import { isRuleFor } from '../../controllers/engine/related-rule.ts';
import type { CustomizeResponse } from '../wire/customize.ts';
import type { ParentIdentity } from '../wire/parent-identity.ts';
import { SYNC_FORMS } from '../wire/sync-forms.ts';
import { desiredChildren } from '../wire/sync-response.ts';
import { childViolations, duplicates } from './children.ts';
import { notJson } from './not-json.ts';
import { type Violation, violation } from './violation.ts';

/** Checks each sync answer before it is sent. Returns the violations; an answer with violations must not reach the engine. */
export function guardSync(reply: Reply, parent: ParentIdentity, controller: Controller): Violation[] {
  const field = SYNC_FORMS[controller.type].childrenField;
  const children = desiredChildren(reply);
  const rules = { namespace: parent.namespace, readings: controller.children };
  return [
    ...children.flatMap((child, index) => childViolations(child, [field, index], rules)),
    ...duplicates(children, [field]),
    ...(reply.status === null ? [] : notJson(reply.status, ['status'])),
  ];
}

/** Checks a customize answer. Empty `names` are a violation, because the engine would select all objects of the kind. */
export function guardCustomize({ relatedResources }: CustomizeResponse, controller: Controller): Violation[] {
  return relatedResources.flatMap((rule, index) => {
    const path = ['relatedResources', index];
    const isDeclared = controller.related.some((reading) => isRuleFor(rule, reading));
    return [
      ...notJson(rule, path),
      ...(isDeclared ? [] : [violation('UndeclaredKind', [...path, 'resource'])]),
      ...(rule.names?.length === 0 ? [violation('EmptyValue', [...path, 'names'])] : []),
    ];
  });
}
