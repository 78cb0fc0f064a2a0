import type { Controller } from '../../controllers/contract.ts';
import type { Reference } from '../../controllers/reference.ts';
import { controllers } from '../../controllers/registry.ts';
import { clashes } from '../check/clashes.ts';
import type { Finding } from '../check/finding.ts';
import { findingsOf } from '../check/findings.ts';
import { referenceRemarks } from '../check/references.ts';
import { type Documents, type Evaluation, evaluate, type Input, readDocuments } from '../evaluate/evaluate.ts';

/** What becomes of the documents, what the resources call, and what is wrong with them. */
export interface Facts {
  readonly evaluation: Evaluation;
  readonly references: readonly Reference[];
  readonly findings: readonly Finding[];
}

/** Evaluates all documents, also those that are not selected: a gateway of another namespace can serve a selected agent. */
export function factsOf(input: Input): Facts {
  const documents = readDocuments(input);
  const all: Input = { ...input, isWanted: () => true };
  const evaluation = evaluate(all, documents);
  const others = othersOf(all, documents);
  const runsKaos = input.controllers.some(isOfRuntime);
  const own = [...clashes(evaluation.answers), ...(runsKaos ? [] : referenceRemarks(others))];
  return {
    evaluation,
    references: [...referencesOf(evaluation), ...referencesOf(others)],
    findings: findingsOf(evaluation, own),
  };
}

function isOfRuntime({ type }: Controller): boolean {
  return type === 'composite';
}

/** What a resource calls follows from its spec, also if another operator runs it. So the controllers that are off are asked for that alone. */
function othersOf(input: Input, documents: Documents): Evaluation {
  const off = controllers.filter((controller) => !input.controllers.includes(controller));
  return evaluate({ ...input, controllers: off }, { ...documents, remarks: [] });
}

function referencesOf({ answers }: Evaluation): readonly Reference[] {
  return answers.flatMap(({ parents }) => parents.flatMap(({ describe }) => describe().references));
}
