import { nearestName } from '../../controllers/data/nearest-name.ts';
import { oneLine, shown } from '../../controllers/data/quote.ts';
import type { Endpoint, Reachable, Unreachable } from '../../controllers/endpoint.ts';
import { evaluate, readDocuments } from '../evaluate/evaluate.ts';
import { endpointsOf } from '../evaluate/hook-calls.ts';
import { titleOf } from '../evaluate/object-name.ts';
import { type Answer, brokenInput, contextOf, type Given } from './answer.ts';
import { bestMatch, isAtPath } from './best-match.ts';
import { explain, type Known } from './explain.ts';
import { argumentOf, resourcesIn } from './found.ts';
import { obstacleOf } from './obstacle-texts.ts';
import type { AddressTarget } from './target.ts';

/** Explains the resource that answers at an address. */
export function answerAddress(target: AddressTarget, given: Given): Answer {
  const documents = readDocuments(given.input);
  const input = { ...given.input, isWanted: () => true };
  const evaluation = evaluate(input, documents);
  const resources = resourcesIn(documents, evaluation, input.selection.namespace);
  const context = contextOf(given, documents, resources);
  const endpoints = endpointsOf(evaluation.answers);
  const errors = brokenInput(documents);
  const found = bestMatch(
    target,
    endpoints.filter((endpoint) => endpoint.outcome === 'reachable'),
  );
  const resource = found && context.find(found.resource);
  const known = { input, documents, evaluation, endpoints, resources, context };
  return found === undefined || resource === undefined
    ? { explanation: undefined, errors: [nothingAt(target, known), ...errors] }
    : { explanation: explain(resource, known), heading: headingOf(found), errors };
}

function headingOf({ method, host, path, resource }: Reachable): string {
  return oneLine(`${method === 'any' ? '' : `${method} `}${host ?? ''}${path} leads to ${titleOf(resource)}.`);
}

/** Why nothing answers, if the path has the names of a resource, or else an address nearby. */
function nothingAt(target: AddressTarget, { endpoints, context, input, resources }: Known): string {
  const unserved = input.controllers.flatMap(({ whyUnserved }) =>
    resources.flatMap(({ object }) => whyUnserved?.(object, input.settings) ?? []),
  );
  const hidden = hiddenBehind(target, [...unserved, ...endpoints]);
  const own = hidden && context.find(hidden.resource);
  const hint =
    hidden === undefined || own === undefined
      ? nearText(
          target,
          endpoints.filter((endpoint) => endpoint.outcome === 'reachable'),
        )
      : `; ${titleOf(hidden.resource)} is not reachable: ${obstacleOf(hidden, hidden.resource, context).why}; see explain ${argumentOf(own.object)}`;
  return oneLine(`nothing answers at ${shown(target.text)}${hint}`);
}

/** What is not reachable, and has its namespace and its name in the path. */
function hiddenBehind({ path }: AddressTarget, endpoints: readonly Endpoint[]): Unreachable | undefined {
  const steps = new Set(path.split('/'));
  return endpoints
    .filter((endpoint) => endpoint.outcome === 'unreachable')
    .find(({ resource }) => steps.has(resource.namespace) && steps.has(resource.name));
}

function nearText({ host, path }: AddressTarget, reachable: readonly Reachable[]): string {
  const samePath = reachable.find((endpoint) => isAtPath({ path }, endpoint));
  if (samePath !== undefined && samePath.host === undefined) {
    return `; ${titleOf(samePath.resource)} has this path at every other host name, but calls to ${host} go to the routes for that name`;
  }
  const near = samePath?.path ?? nearestName(path, [...new Set(reachable.map((endpoint) => endpoint.path))]);
  const endpoint = reachable.find((each) => each.path === near);
  if (endpoint === undefined) {
    return reachable.length === 0
      ? '; no resource among the documents is reachable'
      : '; `render --output table` lists all addresses';
  }
  const at = host === undefined ? '' : (endpoint.host ?? '');
  return `; did you mean ${at}${endpoint.path}, which leads to ${titleOf(endpoint.resource)}?`;
}
