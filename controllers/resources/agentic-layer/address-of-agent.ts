import { whyNoDnsLabel } from '../../kubernetes/values/names.ts';
import type { Agent } from './agent.ts';
import { ADDRESS_FIELD, type AddressReading, partsNotSent, readAddress } from './agent-address.ts';

/** Reserved for OpenAI calls: the gateway's plugin would intercept an agent with this id. */
const RESERVED_IDS = ['chat/completions'];

/** Where an exposed agent is reached, or why nothing can be sent to it. */
export function addressOf({ metadata, status }: Agent): AddressReading {
  const nameProblem = whyNoDnsLabel(metadata.name);
  const namespaceProblem = whyNoDnsLabel(metadata.namespace);
  if (nameProblem !== undefined) {
    return refused('metadata.name', `its name ${nameProblem}`);
  }
  if (namespaceProblem !== undefined) {
    return refused('metadata.namespace', `its namespace ${namespaceProblem}`);
  }
  if (RESERVED_IDS.includes(`${metadata.namespace}/${metadata.name}`)) {
    return refused('metadata.name', 'its path is reserved for OpenAI calls');
  }
  if (metadata.deletionTimestamp !== undefined) {
    return refused('metadata.deletionTimestamp', 'it is being deleted');
  }
  return status?.url ? readAddress(status.url) : refused(ADDRESS_FIELD, 'it has no status.url yet');
}

function refused(field: string, why: string): AddressReading {
  return { outcome: 'refused', field, why };
}

/** The parts of an agent's `status.url` that are not sent to it, by their kinds. */
export function notSentTo({ status }: Agent): readonly string[] {
  return partsNotSent(status?.url ?? '');
}

/** What calls of an agent lack. There is at least one part. */
export function whyInPart(notSent: readonly string[]): string {
  const verb = notSent.length > 1 ? 'are' : 'is';
  return `the ${notSent.join(' and the ')} in status.url ${verb} not sent to the agent; expected scheme, host, port and path only`;
}
