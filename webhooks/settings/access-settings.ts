import { AccessRules } from '../../controllers/access/access-rules.ts';
import { ruleFaults } from '../../controllers/access/rule-faults.ts';
import { quote } from '../../controllers/data/quote.ts';
import { readYamlMap } from '../../controllers/data/yaml.ts';
import { structuralSchema } from '../../controllers/kubernetes/crd/structural-schema.ts';
import type { AccessSettings } from '../../controllers/settings.ts';
import { Value } from '../../controllers/typebox.ts';
import { checkerOf } from '../schemas/check-document.ts';
import { nullPaths } from '../schemas/nulls.ts';
import type { Environment } from './environment.ts';
import { readSettingFile } from './setting-files.ts';

const check = checkerOf(structuralSchema(AccessRules));

/** The access rules and how gateways learn them. Throws with a line that names the variable, the file, and each field that is not valid. */
export function accessSettings(environment: Environment): AccessSettings {
  const { ACCESS_RULES_FILE: file, ACCESS_HTTP_JWKS: httpJwks } = environment;
  return {
    rules: file === undefined ? {} : rulesIn(file, httpJwks),
    dialect: environment.ACCESS_DIALECT,
    httpJwks,
    awaitPolicies: environment.ACCESS_AWAIT_POLICIES,
    settleSeconds: environment.ACCESS_SETTLE_SECONDS,
  };
}

/** Each fault says what is expected in its place. */
function notValid(file: string, faults: readonly string[]): Error {
  return new Error(`ACCESS_RULES_FILE: ${quote(file)} is not valid: ${faults.join('; ')}`);
}

function rulesIn(file: string, httpJwks: boolean): AccessRules {
  const reading = readYamlMap(readSettingFile('ACCESS_RULES_FILE', file), 'typed');
  if (reading.outcome === 'refused') {
    throw notValid(file, [`${reading.why}; expected access rules: docs/access.md`]);
  }
  const { object, faults: ofFields } = check(reading.value);
  const faults = [...reading.repeated, ...nullPaths(reading.value, '').map(nullFault), ...ofFields];
  const rules = faults.length === 0 && Value.Check(AccessRules, object) ? object : undefined;
  const all = rules === undefined ? faults : ruleFaults(rules, { httpJwks });
  if (rules === undefined || all.length > 0) {
    throw notValid(file, all);
  }
  return rules;
}

/** A field that counts as missing can open what its writer meant to close: a match without namespaces is for all of them. */
function nullFault(path: string): string {
  return `${path}: is null; expected a value, or no such field`;
}
