import type { Controller } from '../../controllers/contract.ts';
import type { Endpoint, ObjectName, Unreachable } from '../../controllers/endpoint.ts';
import { mapKey } from '../../controllers/reading.ts';
import { controllers } from '../../controllers/registry.ts';
import type { ClusterObject } from '../evaluate/cluster-object.ts';
import { installedBy, turnedOnBy } from '../evaluate/controller-flags.ts';
import type { Input } from '../evaluate/evaluate.ts';
import { isSame } from '../evaluate/object-name.ts';
import { readerOf } from '../evaluate/unread.ts';
import { type Context, withPlace } from './context.ts';
import type { Obstacle } from './explanation.ts';
import type { Resource } from './found.ts';
import { namesOfObject } from './names.ts';
import { obstacleOf } from './obstacle-texts.ts';

interface Known {
  readonly input: Input;
  readonly context: Context;
}

/** Why there are no ways to call a resource, or not all that there could be. */
export function obstaclesOf(
  resource: Resource,
  endpoints: readonly Endpoint[],
  { input, context }: Known,
): readonly Obstacle[] {
  const { object } = resource;
  const about = namesOfObject(object);
  const all = controllers.filter((controller) => givesAddresses(controller, object));
  const on = all.filter((controller) => input.controllers.includes(controller));
  if (all.length > 0 && on.length === 0) {
    return all.map((controller) => controllerOff(controller, { object, context }));
  }
  const reader = readerOf(object);
  if (all.length === 0 && reader !== undefined && !input.controllers.includes(reader)) {
    return [readerOff(reader)];
  }
  const general = on.flatMap(({ whyUnserved }) => whyUnserved?.(object, input.settings) ?? []);
  const found = general.length > 0 ? general : unreachable(about, endpoints);
  const obstacles = once(found.map((endpoint) => obstacleOf(endpoint, about, context)));
  const isServedByGateways = on.some(({ whyUnserved }) => whyUnserved !== undefined) && !isParent(on, object);
  const hasGateway = endpoints.some(({ gateway }) => gateway?.kind === 'AgentGateway');
  return isServedByGateways && general.length === 0 && !hasGateway ? [...obstacles, NO_GATEWAY] : obstacles;
}

/** Whether a controller that is on by default makes addresses of such an object. */
function givesAddresses({ onDemand, parents, whyUnserved, related }: Controller, object: ClusterObject): boolean {
  const kinds = [...parents, ...(whyUnserved === undefined ? [] : related)];
  return (
    onDemand === undefined && kinds.some((kind) => mapKey(kind) === mapKey(object) && kind.kind !== 'AgentGatewayClass')
  );
}

function isParent(on: readonly Controller[], object: ClusterObject): boolean {
  return on.some(({ parents }) => parents.some((kind) => mapKey(kind) === mapKey(object)));
}

/** Those of the resource, and those of the AgentGateways that could serve it. */
function unreachable(about: ObjectName, endpoints: readonly Endpoint[]): readonly Unreachable[] {
  const all = endpoints.filter((endpoint) => endpoint.outcome === 'unreachable');
  const isOfGateways = about.kind === 'Agent' && about.apiVersion.startsWith('runtime.');
  return all.filter(({ resource }) => isSame(resource, about) || (isOfGateways && resource.kind === 'AgentGateway'));
}

function once(obstacles: readonly Obstacle[]): readonly Obstacle[] {
  return [...new Map(obstacles.map((obstacle) => [obstacle.why, obstacle])).values()];
}

interface Off {
  readonly object: ClusterObject;
  readonly context: Context;
}

function controllerOff(controller: Controller, { object, context }: Off): Obstacle {
  const value = installedBy(controller);
  const place = context.places.ofValue(value);
  const why = `the controller ${controller.name} is off, so no ${object.kind} has an address, by ${withPlace(`${value}: false`, place)}`;
  return { reason: 'ControllerOff', why, toChange: `set ${value} to true in the values of the chart` };
}

/** A kind that never has an address, and of which its controller says more. */
function readerOff(reader: Controller): Obstacle {
  return {
    reason: 'ControllerOff',
    why: `the controller ${reader.name}, which reads it, is off`,
    toChange: `turn it on by ${turnedOnBy(reader)}, to see what it says`,
  };
}

const NO_GATEWAY: Obstacle = {
  reason: 'NoGateway',
  why: 'there is no AgentGateway among the documents that could serve it',
  toChange: 'make an AgentGateway, as in examples/agent-gateway/one-gateway.yaml, or add its document',
};
