import { type TUnsafe, Type } from '@sinclair/typebox';
import type { Controller } from '../../controllers/contract.ts';
import { ObjectMap } from './object-map.ts';

/** What one type of controller calls things; all else in its hooks is the same for both types. */
interface Names {
  /** The kind of the engine's own object. */
  readonly engineKind: 'DecoratorController' | 'CompositeController';
  /** The parent in a sync request. */
  readonly parentField: 'object' | 'parent';
  /** The children in a sync request, and in its response. */
  readonly childrenField: 'attachments' | 'children';
}

/** How the sync hook of one type of controller is spoken. */
export interface SyncForm extends Names {
  /** The schema of a request. */
  readonly request: TUnsafe<SyncRequest>;
}

/** A request. The type has the names of both forms; the schema, and what reads a request, have only those of its own. */
export type SyncRequest = Readonly<Record<Names['parentField'], object>> &
  Readonly<Record<Names['childrenField'], ObjectMap>> & { readonly related: ObjectMap; readonly finalizing: boolean };

/** All that differs between the types of controllers, in version v2 of the hooks. */
export const SYNC_FORMS: Readonly<Record<Controller['type'], SyncForm>> = {
  // https://metacontroller.github.io/metacontroller/api/decoratorcontroller.html#sync-hook
  decorator: syncForm({ engineKind: 'DecoratorController', parentField: 'object', childrenField: 'attachments' }),
  // https://metacontroller.github.io/metacontroller/api/compositecontroller.html#sync-hook
  composite: syncForm({ engineKind: 'CompositeController', parentField: 'parent', childrenField: 'children' }),
};

function syncForm(names: Names): SyncForm {
  const request = Type.Object({
    controller: Type.Object({}),
    [names.parentField]: Type.Object({}),
    [names.childrenField]: ObjectMap,
    related: ObjectMap,
    finalizing: Type.Boolean(),
  });
  return { ...names, request: Type.Unsafe<SyncRequest>(request) };
}
