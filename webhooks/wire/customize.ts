import { type Static, Type } from '@sinclair/typebox';
import type { RelatedRule } from '../../controllers/contract.ts';

/** https://metacontroller.github.io/metacontroller/api/customize.html: the same for decorators and composites. */
export const CustomizeRequest = Type.Object({ controller: Type.Object({}), parent: Type.Object({}) });
export type CustomizeRequest = Static<typeof CustomizeRequest>;

/** The body of a 200: which objects the next sync is sent along with its parent. */
export interface CustomizeResponse {
  readonly relatedResources: readonly RelatedRule[];
}
