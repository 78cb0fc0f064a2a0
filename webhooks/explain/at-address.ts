import { nearestName } from '../../controllers/data/nearest-name.ts';
import { oneLine, shown } from '../../controllers/data/quote.ts';
import type { Endpoint, Reachable } from '../../controllers/endpoint.ts';
import { evaluate, readDocuments } from '../render/evaluate.ts';
import { type Answer, brokenInput, contextOf, type Given } from './answer.ts';
import { titleOf } from './context.ts';
import { explain } from './explain.ts';
import { argumentOf, resourcesIn } from './found.ts';
import { fitsHost } from './gateway-entry.ts';
import { obstacleOf } from './obstacle-texts.ts';
import type { AddressTarget } from './target.ts';

/** Explains the resource that answers at an address. */
export function answerAddress(target: AddressTarget, given: Given): Answer {
  const documents = readDocuments(given.input);
  const input = { ...given.input, isWanted: () => true };
  const evaluation = evaluate(input, documents);
  const resources = resourcesIn(documents, evaluation, input.selection.namespace);
  const context = contextOf(given, documents, resources);
  const endpoints = evaluation.answers.flatMap(({ parents }) =>
    parents.flatMap(({ describe }) => describe().endpoints),
  );
  const errors = brokenInput(documents);
  const reachable = endpoints.filter((endpoint) => endpoint.outcome === 'reachable');
  const found = bestMatch(target, reachable);
  const resource = found && context.find(found.resource);
  if (found === undefined || resource === undefined) {
    const [hidden] = hiddenBehind(target, endpoints);
    const own = hidden && context.find(hidden.resource);
    const why =
      hidden &&
      own &&
      `${titleOf(hidden.resource)} is not reachable: ${obstacleOf(hidden, hidden.resource, context).why}; see explain ${argumentOf(own.object)}`;
    return {
      explanation: undefined,
      errors: [
        oneLine(
          `nothing answers at ${shown(target.text)}${why === undefined ? nearText(target, reachable) : `; ${why}`}`,
        ),
        ...errors,
      ],
    };
  }
  const method = found.method === 'any' ? '' : `${found.method} `;
  return {
    explanation: explain(resource, { input, documents, evaluation, resources, context }),
    heading: oneLine(`${method}${found.host ?? ''}${found.path} leads to ${titleOf(found.resource)}.`),
    errors,
  };
}

/** The longest path wins, as Gateway API has it, and of equal ones that for calls. */
function bestMatch(target: AddressTarget, reachable: readonly Reachable[]): Reachable | undefined {
  const fitting = reachable.filter((endpoint) => isAt(target, endpoint));
  const [best] = fitting.toSorted(
    (one, other) =>
      other.path.length - one.path.length || Number(other.method === 'POST') - Number(one.method === 'POST'),
  );
  return best;
}

function isAt({ host, path }: AddressTarget, endpoint: Reachable): boolean {
  const isHost = host === undefined || endpoint.host === undefined || fitsHost(host, endpoint.host);
  const isPath = path === endpoint.path || (endpoint.isPrefix && path.startsWith(`${endpoint.path}/`));
  return isHost && isPath;
}

/** What is not reachable, and has its namespace and its name in the path. */
function hiddenBehind({ path }: AddressTarget, endpoints: readonly Endpoint[]) {
  const steps = new Set(path.split('/'));
  return endpoints
    .filter((endpoint) => endpoint.outcome === 'unreachable')
    .filter(({ resource }) => steps.has(resource.namespace) && steps.has(resource.name));
}

function nearText({ host, path }: AddressTarget, reachable: readonly Reachable[]): string {
  const samePath = reachable.find((endpoint) =>
    isAt({ outcome: 'address', text: '', host: undefined, path }, endpoint),
  );
  const near = samePath?.path ?? nearestName(path, [...new Set(reachable.map((endpoint) => endpoint.path))]);
  const endpoint = reachable.find((each) => each.path === near);
  if (endpoint === undefined) {
    return reachable.length === 0 ? '; no resource among the documents is reachable' : '';
  }
  const at = host === undefined ? '' : (endpoint.host ?? '');
  return `; did you mean ${at}${endpoint.path}, which leads to ${titleOf(endpoint.resource)}?`;
}
