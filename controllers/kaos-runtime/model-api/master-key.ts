import type { EnvVar } from '../../kubernetes/pod-spec/variables.ts';
import type { SpecComplaint } from '../complaint.ts';
import { secretKey } from '../workload/master-key-secret.ts';
import { unknownSource, unknownVariables } from './config-place.ts';
import {
  type KeyFinding,
  keyInPlaces,
  MASTER_KEY,
  misplacedKeys,
  notSet,
  type Places,
  referenceToKey,
} from './key-places.ts';

/** LiteLLM 1.106 and later start without a master key, or with the one of its examples, only if this variable is true. */
const PERMIT = 'LITELLM_DANGEROUSLY_PERMIT_WEAK_OR_UNSET_MASTER_KEY';
/** The variables that say whether callers of LiteLLM need a key, and what is wrong with the user's own key. */
interface MasterKey {
  readonly env: readonly EnvVar[];
  readonly complaints: readonly SpecComplaint[];
}

/**
 * The key of the Secret, unless the user sets a key. Without that Secret, the permission to start without a key, but only if
 * no place of the spec names a key or can hold one: with the permission, LiteLLM would serve callers without any key.
 */
export function masterKey(places: Places): MasterKey {
  const { users, reading, secretName } = places;
  const finding = keyInPlaces(places) ?? keyElsewhere(places);
  const isDecided = users.env.some(({ name }) => name === PERMIT);
  const messages = [...misplacedKeys(reading), ...(finding.message && !isDecided ? [finding.message] : [])];
  return {
    env: finding.outcome === 'set' ? [] : variables(finding, secretName),
    complaints: messages.map((message) => ({ reason: 'InvalidMasterKey', message })),
  };
}

function variables({ outcome }: KeyFinding, secretName: string | undefined): readonly EnvVar[] {
  if (secretName !== undefined) {
    return [secretKey(MASTER_KEY, secretName)];
  }
  return outcome === 'none' ? [{ name: PERMIT, value: 'true' }] : [];
}

/** What is known if LiteLLM finds no key of the user's where it looks for one. */
function keyElsewhere(places: Places): KeyFinding {
  return places.secretName === undefined
    ? keyWithoutSecret(places)
    : { outcome: 'unusable', message: overridden(places) };
}

function keyWithoutSecret({ users, reading }: Places): KeyFinding {
  const reference = referenceToKey(reading);
  const source = unknownSource(MASTER_KEY, users, reading);
  if (source !== undefined) {
    return { outcome: 'unusable', message: notKnown(source) };
  }
  return reference === undefined
    ? { outcome: misplacedKeys(reading).length > 0 ? 'unusable' : 'none' }
    : { outcome: 'unusable', message: notSet(reference, MASTER_KEY) };
}

/** A variable of the pod comes before those of `envFrom`. */
function overridden({ users, secretName }: Places): string | undefined {
  const source = unknownVariables(MASTER_KEY, users);
  return (
    source &&
    `${source}: a ${MASTER_KEY} in it has no effect, because the one of Secret ${secretName} comes first; set your own in spec.container.env`
  );
}

function notKnown(source: string): string {
  return `${source}: can hold LiteLLM's master key, which is not known here, so LiteLLM does not start without one; set ${MASTER_KEY} in spec.container.env, or set ${PERMIT} there: to "false" if there is a key, to "true" to serve all callers without one`;
}
