import type { Controller } from '../../controllers/contract.ts';
import { type TSchema, type TUnsafe, Type } from '../../controllers/typebox.ts';
import { ObjectMap } from './object-map.ts';
import { syncResponseSchema } from './response-schemas.ts';

/** The names that differ between the types of controllers. All else in their hooks is the same. */
interface Names {
  /** The kind of the engine's own object. */
  readonly engineKind: 'DecoratorController' | 'CompositeController';
  /** The parent in a sync request. */
  readonly parentField: 'object' | 'parent';
  /** The children in a sync request, and in its response. */
  readonly childrenField: 'attachments' | 'children';
}

/** The form of the sync hook for one type of controller. */
export interface SyncForm extends Names {
  /** The schema of a request. */
  readonly request: TUnsafe<SyncRequest>;
  /** The schema of a response. It describes answers, and does not check them: the guard does. */
  readonly response: TSchema;
}

/** A sync request. The type has the fields of both forms, but the schema and a request have only those of their own form. */
export type SyncRequest = Readonly<Record<Names['parentField'], object>> &
  Readonly<Record<Names['childrenField'], ObjectMap>> & { readonly related: ObjectMap; readonly finalizing: boolean };

/** The forms by type of controller, in hook version v2. */
export const SYNC_FORMS: Readonly<Record<Controller['type'], SyncForm>> = {
  // https://metacontroller.github.io/metacontroller/api/decoratorcontroller.html#sync-hook
  decorator: syncForm({ engineKind: 'DecoratorController', parentField: 'object', childrenField: 'attachments' }),
  // https://metacontroller.github.io/metacontroller/api/compositecontroller.html#sync-hook
  composite: syncForm({ engineKind: 'CompositeController', parentField: 'parent', childrenField: 'children' }),
};

function syncForm(names: Names): SyncForm {
  const { engineKind, parentField, childrenField } = names;
  const request = Type.Object({
    controller: Type.Object({}, { description: `The ${engineKind}. It is not read.` }),
    [parentField]: Type.Object({}, { description: 'The parent as it is in the cluster.' }),
    [childrenField]: objectMap('The children of the parent'),
    related: objectMap('The objects that the last answer to customize selected'),
    finalizing: Type.Boolean({ description: 'Whether the parent is being finalized.' }),
  });
  return { ...names, request: Type.Unsafe<SyncRequest>(request), response: syncResponseSchema(childrenField) };
}

function objectMap(what: string) {
  const key = 'by kind, such as Service.v1, and then by namespace/name';
  return { ...ObjectMap, description: `${what} as they are in the cluster, ${key}.` };
}
