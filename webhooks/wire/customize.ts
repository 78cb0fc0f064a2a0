import type { RelatedRule } from '../../controllers/contract.ts';
import { type Static, Type } from '../../controllers/typebox.ts';

/** The same for both types of controllers: https://metacontroller.github.io/metacontroller/api/customize.html */
export const CustomizeRequest = Type.Object({
  controller: Type.Object({}, { description: 'The DecoratorController or CompositeController. It is not read.' }),
  parent: Type.Object({}, { description: 'The parent as it is in the cluster.' }),
});
export type CustomizeRequest = Static<typeof CustomizeRequest>;

/** The body of a 200: the rules that select the related objects of the next sync. */
export interface CustomizeResponse {
  readonly relatedResources: readonly RelatedRule[];
}
