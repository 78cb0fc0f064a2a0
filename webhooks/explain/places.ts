import { readFileSync } from 'node:fs';
import { readYaml } from '../../controllers/data/yaml.ts';
import type { GivenVariables } from '../evaluate/evaluate.ts';
import { originIn } from '../evaluate/origin.ts';
import { placeFinder, placeText } from '../evaluate/places.ts';
import type { SourceText } from '../evaluate/sources.ts';
import { valueAt } from './value-at.ts';

/** Says where something is written, as editors and terminals link it: `team.yaml:12:5`. */
export interface Places {
  /** A field of a document. Undefined for an object that is in no file. */
  readonly ofField: (origin: string, field: string) => string | undefined;
  /** A value of the chart, in the last file that has it. */
  readonly ofValue: (path: string) => string | undefined;
  /** A field of the access rules. Undefined if they are in no file, or do not have it. */
  readonly ofRule: (path: string) => string | undefined;
}

interface Files {
  /** The documents. */
  readonly texts: readonly SourceText[];
  /** The files of `--values`. */
  readonly values: readonly string[];
  readonly given: GivenVariables;
}

/** Reads where things are written in the documents, the values of the chart and the access rules. */
export function placesIn({ texts, values, given }: Files): Places {
  const ofValues = values.toReversed().flatMap(readText);
  const rules = given.byFlag['ACCESS_RULES_FILE'] ?? given.byEnvironment['ACCESS_RULES_FILE'];
  const ofRules = rules === undefined ? [] : readText(rules);
  const find = placeFinder([...texts, ...ofValues, ...ofRules]);
  const ofField = (origin: string, field: string) => {
    const place = find({ origin, field });
    return place && originIn(origin) && placeText(place);
  };
  const firstWith = (sources: readonly SourceText[], path: string) => {
    const source = sources.find(({ text }) => hasField(text, path));
    return source && ofField(`${source.name}, document 1`, path);
  };
  return {
    ofField,
    ofValue: (path) => firstWith(ofValues, path),
    ofRule: (path) => (rules === undefined ? firstWith(ofValues, `accessRules.${path}`) : firstWith(ofRules, path)),
  };
}

/** The file was read before, for its settings. A pipe cannot be read twice, and then there is no place. */
function readText(name: string): readonly SourceText[] {
  try {
    return [{ name, text: readFileSync(name, 'utf8') }];
  } catch {
    return [];
  }
}

function hasField(text: string, path: string): boolean {
  const reading = readYaml(text, 'typed');
  return reading.outcome === 'read' && valueAt(reading.value, path) !== undefined;
}
