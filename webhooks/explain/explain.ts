import type { Endpoint, ObjectName, Reachable } from '../../controllers/endpoint.ts';
import { clashes, type OwnRemark } from '../check/clashes.ts';
import { brokenReferences } from '../check/references.ts';
import { identityOf } from '../evaluate/cluster-object.ts';
import type { Documents, Evaluation, Input } from '../evaluate/evaluate.ts';
import type { Rendered } from '../evaluate/hook-calls.ts';
import { isSame } from '../evaluate/object-name.ts';
import type { Named } from '../evaluate/remark.ts';
import { addressesOf } from './addresses.ts';
import { changesFor } from './changes.ts';
import { type Children, childrenOf } from './children.ts';
import { type Context, causeText } from './context.ts';
import { eventsOf } from './events.ts';
import type { Explanation, Obstacle } from './explanation.ts';
import { factsOf } from './facts.ts';
import type { Resource } from './found.ts';
import { entryOf } from './gateway-entry.ts';
import { type Links, linksOf } from './links.ts';
import { nameIn, namesOfObject } from './names.ts';
import { obstaclesOf } from './obstacles.ts';
import { problemsOf } from './problems.ts';
import { refusedRoutes } from './refused-routes.ts';
import { reachableBy, summaryOf } from './summary.ts';

/** Everything that was read, and what the controllers say about it. */
export interface Known {
  readonly input: Input;
  readonly documents: Documents;
  /** The answers for the resource, and for all AgentGateways. */
  readonly evaluation: Evaluation;
  /** Those of the answers. */
  readonly endpoints: readonly Endpoint[];
  readonly resources: readonly Resource[];
  readonly context: Context;
}

/** Explains one resource. The controllers have decided everything; here it is put into words. */
export function explain(resource: Resource, known: Known): Explanation {
  const { context, resources, evaluation, endpoints, documents, input } = known;
  const about = namesOfObject(resource.object);
  const own = endpoints.filter((endpoint) => isSame(endpoint.resource, about));
  const ways = own.filter((endpoint) => endpoint.outcome === 'reachable');
  const objects = [...documents.manifests, ...evaluation.cluster.manifests].map(({ object }) => object);
  const addresses = addressesOf(ways, about, { context, entryOf: (gateway) => entryOf(gateway, objects) });
  const obstacles = [...refusedRoutes(addresses, context), ...obstaclesOf(resource, endpoints, known)];
  const children = childrenOf(
    resource,
    evaluation,
    input.controllers.map(({ name }) => name),
  );
  const links = linksOf(resource, resources, context);
  const open = addresses.filter(({ state }) => state === 'open');
  const problems = [
    ...troublesOf(resource, { obstacles, links, children }, known),
    ...eventsOf(resource.object, objects),
  ];
  return {
    resource: about,
    place: context.places.ofField(resource.origin, ''),
    reachable: reachableBy(open),
    summary: summaryOf(about, addresses, problems.length > 0),
    addresses,
    obstacles,
    exposed: exposedText(ways[0], about, context),
    facts: factsOf(resource, { endpoints, resources }, context),
    makes: children.lines,
    needs: links.needs,
    neededBy: links.neededBy,
    problems,
    toChange: open.length === 0 ? [] : changesFor(ways, about, context),
  };
}

interface Told {
  readonly obstacles: readonly Obstacle[];
  readonly links: Links;
  readonly children: Children;
}

/** What is wrong with a resource, its references and its children, without what an obstacle says already. */
function troublesOf(resource: Resource, { obstacles, links, children }: Told, known: Known): readonly string[] {
  const { endpoints, evaluation, context } = known;
  const told = [
    ...endpoints.flatMap((endpoint) => (endpoint.outcome === 'unreachable' ? (endpoint.message ?? []) : [])),
    ...obstacles.map(({ why }) => why),
  ];
  return [
    ...problemsOf(resource.object, { evaluation, own: ownRemarks(resource, known), told }, context),
    ...links.problems,
    ...children.problems.filter(({ said }) => !told.some((text) => text.includes(said))).map(({ text }) => text),
  ];
}

/** A gateway is there by its class, which is a fact of its own. */
function exposedText(way: Reachable | undefined, about: ObjectName, context: Context): string | undefined {
  return way === undefined || about.kind === 'AgentGateway'
    ? undefined
    : `yes, ${causeText(way.because.exposed, about, context)}`;
}

/** Names and paths that two resources have, and references that lead nowhere. The resource comes last, so that what it shares is told of it. */
function ownRemarks({ object }: Resource, { evaluation, input, documents }: Known): readonly OwnRemark[] {
  const identity = identityOf(object);
  const isIt = ({ parent }: Rendered['parents'][number]) => identityOf(parent.object) === identity;
  const others = evaluation.answers.map((answer) => ({
    ...answer,
    parents: answer.parents.filter((each) => !isIt(each)),
  }));
  const its = evaluation.answers.map((answer) => ({ ...answer, parents: answer.parents.filter(isIt) }));
  const isWanted = ({ kind, metadata }: Named) => kind === object.kind && nameIn(metadata) === object.metadata.name;
  return [...clashes([...others, ...its]), ...brokenReferences({ ...input, isWanted }, documents)];
}
