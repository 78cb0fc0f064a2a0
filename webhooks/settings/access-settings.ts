import { AccessRules } from '../../controllers/access/access-rules.ts';
import { ruleFaults } from '../../controllers/access/rule-faults.ts';
import type { PlainObject } from '../../controllers/data/plain-object.ts';
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
export function accessSettings(environment: Environment, given: PlainObject): AccessSettings {
  const { ACCESS_RULES_FILE: file, ACCESS_HTTP_JWKS: httpJwks } = environment;
  return {
    rules:
      file === undefined
        ? checkedRules({ value: given, repeated: [] }, 'accessRules', httpJwks)
        : rulesIn(file, httpJwks),
    dialect: environment.ACCESS_DIALECT,
    httpJwks,
    awaitPolicies: environment.ACCESS_AWAIT_POLICIES,
    settleSeconds: environment.ACCESS_SETTLE_SECONDS,
  };
}

function rulesIn(file: string, httpJwks: boolean): AccessRules {
  const where = `ACCESS_RULES_FILE: ${quote(file)}`;
  const reading = readYamlMap(readSettingFile('ACCESS_RULES_FILE', file), 'typed');
  if (reading.outcome === 'refused') {
    throw notValid(where, [`${reading.why}; expected access rules: docs/access.md`]);
  }
  return checkedRules(reading, where, httpJwks);
}

interface GivenRules {
  readonly value: PlainObject;
  readonly repeated: readonly string[];
}

function checkedRules({ value, repeated }: GivenRules, where: string, httpJwks: boolean): AccessRules {
  const { object, faults: ofFields } = check(value);
  const faults = [...repeated, ...nullPaths(value, '').map(nullFault), ...ofFields];
  const rules = faults.length === 0 && Value.Check(AccessRules, object) ? object : undefined;
  const all = rules === undefined ? faults : ruleFaults(rules, { httpJwks });
  if (rules === undefined || all.length > 0) {
    throw notValid(where, all);
  }
  return rules;
}

/** Each fault says what is expected in its place. */
function notValid(where: string, faults: readonly string[]): Error {
  return new Error(`${where} is not valid: ${faults.join('; ')}`);
}

/** A field that counts as missing can open what its writer meant to close: a match without namespaces is for all of them. */
function nullFault(path: string): string {
  return `${path}: is null; expected a value, or no such field`;
}
