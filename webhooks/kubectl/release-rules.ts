import type { PlainObject } from '../../controllers/data/plain-object.ts';
import { readYamlMap } from '../../controllers/data/yaml.ts';

/** The key of the ConfigMap with the access rules of a release. */
export const RULES_KEY = 'access-rules.yaml';

export type ReleaseRules =
  | { readonly outcome: 'read'; readonly value: PlainObject }
  | { readonly outcome: 'bad'; readonly why: string };

/**
 * The access rules of a release with these settings, by the text of its ConfigMap. Those that cannot be read must not count as none: without
 * rules everybody may call.
 */
export function readReleaseRules(settings: Readonly<Record<string, string>>, text: string | undefined): ReleaseRules {
  if (text === undefined) {
    return settings['ACCESS_RULES_FILE'] === undefined
      ? { outcome: 'read', value: {} }
      : { outcome: 'bad', why: `its settings name access rules, but none of its ConfigMaps has ${RULES_KEY}` };
  }
  const reading = readYamlMap(text, 'typed');
  const faults = reading.outcome === 'refused' ? [reading.why] : reading.repeated;
  return reading.outcome === 'refused' || faults.length > 0
    ? { outcome: 'bad', why: `${RULES_KEY} is not valid: ${faults.join('; ')}` }
    : { outcome: 'read', value: reading.value };
}
