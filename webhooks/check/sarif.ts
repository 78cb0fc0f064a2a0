import path from 'node:path';
import { pathToFileURL } from 'node:url';
import packageJson from '../../package.json' with { type: 'json' };
import type { Place } from '../evaluate/places.ts';
import type { Finding } from './finding.ts';
import { RULES } from './rules.ts';

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

/** The findings in the format of code scanners: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html */
export function sarifLog(findings: readonly Finding[]): object {
  const { name, version } = packageJson;
  const rules = Object.entries(RULES).map(([id, text]) => ({ id, shortDescription: { text } }));
  return {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name, version, rules } },
        columnKind: 'utf16CodeUnits',
        results: findings.map((finding) => resultOf(finding)),
      },
    ],
  };
}

function resultOf({ severity, rule, message, object, place }: Finding): object {
  return {
    ruleId: rule,
    ruleIndex: Object.keys(RULES).indexOf(rule),
    level: severity,
    message: { text: object === undefined ? message : `${object}: ${message}` },
    locations: place === undefined ? [] : [{ physicalLocation: locationOf(place) }],
  };
}

/** Paths are relative to the folder of the run, as code scanners of repositories want them, unless they are outside of it. */
function locationOf({ file, line, column }: Place): object {
  const uri = path.isAbsolute(file)
    ? pathToFileURL(file).href
    : path.normalize(file).split(path.sep).map(encodeURIComponent).join('/');
  return { artifactLocation: { uri }, region: { startLine: line, startColumn: column } };
}
