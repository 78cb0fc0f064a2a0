import type { GatewayAcceptedReason } from '../condition-reasons.ts';
import { quote } from '../data/quote.ts';
import { whyTooLarge } from '../data/size.ts';
import { whyNoDnsLabel } from '../kubernetes/values/names.ts';
import type { ReleaseReason } from '../release-reasons.ts';
import type { Observed } from './observed.ts';

/**
 * Why a gateway gets no new children. `Deleting` and `ClassOfAnother` release its children; for every other reason they
 * stay as they are, because a child that is left out of an answer is deleted.
 */
export type Refusal =
  | { readonly reason: Extract<ReleaseReason, 'Deleting' | 'ClassOfAnother'>; readonly message: undefined }
  | {
      readonly reason: Extract<
        GatewayAcceptedReason,
        'ClassNotFound' | 'InvalidName' | 'SpecTooLarge' | 'NameConflict'
      >;
      /** What the status says; undefined if it says nothing. */
      readonly message: string | undefined;
    };

/** The first reason, in order of precedence; undefined for a gateway that this controller makes. */
export function whyRefused({ deleting, claim, gateway, nameConflict, children }: Observed): Refusal | undefined {
  const { name } = gateway.metadata;
  const whyNoName = whyNoDnsLabel(name);
  const tooLarge = whyTooLarge(gateway.spec);
  const classNotFound =
    children.length > 0 ? 'AgentGatewayClass not found; existing children are left unchanged' : undefined;
  const refusals: readonly (Refusal & { readonly applies: boolean })[] = [
    { reason: 'Deleting', message: undefined, applies: deleting },
    { reason: 'ClassOfAnother', message: undefined, applies: claim === 'theirs' },
    { reason: 'ClassNotFound', message: classNotFound, applies: claim === 'unknown' },
    { reason: 'InvalidName', message: `metadata.name: ${quote(name)} ${whyNoName}`, applies: whyNoName !== undefined },
    { reason: 'SpecTooLarge', message: tooLarge && `spec: ${tooLarge}`, applies: tooLarge !== undefined },
    { reason: 'NameConflict', message: nameConflict, applies: nameConflict !== undefined },
  ];
  return refusals.find(({ applies }) => applies);
}
