import { isPlainObject } from '../../controllers/data/plain-object.ts';
import { check as checkInput } from '../check/command.ts';
import { findingsOf } from '../check/findings.ts';
import { evaluate, type Input, readDocuments } from '../evaluate/evaluate.ts';
import { chartValues } from '../offline.ts';
import { readOptions } from './options.ts';
import type { Checking, Documents, Options, Refused, Rendering } from './types.ts';

/** The objects that the service makes for these documents, and what is wrong with each of them. */
export function renderDocuments(documents: Documents, options: Options): Rendering {
  const reading = inputOf(documents, options);
  if (reading.outcome === 'refused') {
    return reading;
  }
  const evaluation = evaluate(reading.input, readDocuments(reading.input));
  const children = evaluation.answers.flatMap(({ parents }) => parents.flatMap((parent) => parent.children));
  return {
    outcome: 'rendered',
    objects: JSON.parse(JSON.stringify(children)),
    findings: findingsOf(evaluation, []),
  };
}

/** What is wrong with these documents, each alone and all of them together. */
export function checkDocuments(documents: Documents, options: Options): Checking {
  const reading = inputOf(documents, options);
  return reading.outcome === 'refused' ? reading : { outcome: 'checked', findings: checkInput(reading.input).findings };
}

type InputReading = { readonly outcome: 'read'; readonly input: Input } | Refused;

function inputOf(documents: Documents, options: Options): InputReading {
  const text = textOf(documents);
  const reading = readOptions(options);
  if (reading.outcome === 'refused') {
    return reading;
  }
  if (text === undefined) {
    return { outcome: 'refused', why: 'documents: expected a text in YAML or JSON, or a list of objects' };
  }
  const { controllers, settings, now } = reading;
  return {
    outcome: 'read',
    input: {
      sources: { paths: ['-'], ignore: [], readInput: () => text, inputName: 'documents' },
      ...{ controllers, settings, now, values: chartValues(), clusterState: undefined },
      selection: { namespace: undefined, kinds: [], names: [] },
      given: { byFlag: {}, byEnvironment: {}, byChart: {} },
      remarks: [],
      progress: () => {},
    },
  };
}

function textOf(documents: unknown): string | undefined {
  if (typeof documents === 'string') {
    return documents;
  }
  return Array.isArray(documents) && documents.every(isPlainObject) ? jsonOf(documents) : undefined;
}

/** Undefined for what JSON does not have, such as an object within itself. */
function jsonOf(documents: readonly object[]): string | undefined {
  try {
    return documents.map((document) => JSON.stringify(document)).join('\n---\n');
  } catch {
    return undefined;
  }
}
