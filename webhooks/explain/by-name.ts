import { mapKey } from '../../controllers/reading.ts';
import { type Documents, evaluate, type Input, readDocuments } from '../evaluate/evaluate.ts';
import { endpointsOf } from '../evaluate/hook-calls.ts';
import type { Named } from '../evaluate/remark.ts';
import { isSelected, type kindsNamed } from '../evaluate/selection.ts';
import { crdKinds } from '../schemas/kind-schemas.ts';
import { type Answer, brokenInput, contextOf, errorLines, type Given } from './answer.ts';
import { explain } from './explain.ts';
import { findResource, resourcesIn } from './found.ts';
import { nameIn } from './names.ts';
import type { NamedTarget } from './target.ts';

/** Explains the resource with a name. Hooks are called for what has the name, and for all AgentGateways, which could serve it. */
export function answerName(target: NamedTarget, given: Given): Answer {
  const documents = readDocuments(given.input);
  const names = new Set(target.names.map(({ name }) => name));
  const isWanted = (document: Named) => names.has(nameIn(document.metadata)) || document.kind === 'AgentGateway';
  const input = { ...given.input, isWanted };
  const evaluation = evaluate(input, documents);
  const resources = resourcesIn(documents, evaluation, input.selection.namespace);
  const selected = resources.filter(({ object }) => isSelected(input.selection, object));
  const finding = findResource(target, selected);
  const errors = brokenInput(documents);
  if (finding.outcome === 'none') {
    const refused = refusedLines(target, documents);
    const lines = refused.length > 0 ? refused : [...finding.lines, ...unreadKinds(input)];
    return { explanation: undefined, errors: [...lines, ...errors] };
  }
  const context = contextOf(given, documents, resources);
  const endpoints = endpointsOf(evaluation.answers);
  const known = { input, documents, evaluation, endpoints, resources, context };
  return { explanation: explain(finding.resource, known), errors };
}

/** Of a cluster, only the kinds are read that a controller reads. */
function unreadKinds({ clusterState, controllers }: Input): readonly string[] {
  const read = new Set(controllers.flatMap(({ parents, related }) => [...parents, ...related].map(mapKey)));
  const unread = crdKinds.filter((kind) => clusterState !== undefined && !read.has(mapKey(kind)));
  return unread.length === 0
    ? []
    : [`  not read from the cluster, because their controllers are off: ${unread.map(mapKey).join(', ')}`];
}

/** A document of this name that the API server would refuse: the resource is not there until it is corrected. */
function refusedLines({ names }: NamedTarget, { remarks, texts }: Documents): readonly string[] {
  const isNamed = (of: Named) => names.some(({ name, kinds }) => name === nameIn(of.metadata) && isOfKind(of, kinds));
  return errorLines(
    remarks.filter(({ of }) => of !== undefined && isNamed(of)),
    texts,
  );
}

function isOfKind({ apiVersion, kind }: Named, kinds: ReturnType<typeof kindsNamed> | undefined): boolean {
  return kinds?.some((each) => each.kind === kind && each.apiVersion === apiVersion) ?? true;
}
