import type { Endpoint } from '../../controllers/endpoint.ts';
import { nameOf } from '../evaluate/cluster-object.ts';
import { isSame, titleOf } from '../evaluate/object-name.ts';
import { type Context, settingCause, withPlace } from './context.ts';
import type { Fact } from './explanation.ts';
import type { Resource } from './found.ts';
import { most } from './most.ts';
import { namesOfObject } from './names.ts';
import { shownValue } from './setting.ts';
import { valueAt } from './value-at.ts';

interface Surroundings {
  readonly endpoints: readonly Endpoint[];
  readonly resources: readonly Resource[];
}

/** What only some kinds have: the class of a gateway and the agents that it serves, the gateways of a class, and ways past a gateway. */
export function factsOf(resource: Resource, surroundings: Surroundings, context: Context): readonly Fact[] {
  switch (resource.object.kind) {
    case 'AgentGateway':
      return [classFact(resource, surroundings, context), ...servesFact(resource, surroundings)];
    case 'AgentGatewayClass':
      return classFacts(resource, surroundings, context);
    default:
      return pastFact(resource, surroundings);
  }
}

const CLOSED_BY_RULES = ['AccessDenied', 'AccessWithheld'];

/** The access rules hold at gateways. Whoever reads that callers need a token must not take it for all callers. */
function pastFact({ object }: Resource, { endpoints }: Surroundings): readonly Fact[] {
  const own = endpoints.filter((endpoint) => isSame(endpoint.resource, namesOfObject(object)));
  const isGuarded = own.some((endpoint) =>
    endpoint.outcome === 'reachable'
      ? Object.keys(endpoint.demand).length > 0 && endpoint.demand.from === undefined
      : CLOSED_BY_RULES.includes(endpoint.reason),
  );
  return isGuarded ? [{ name: 'past it', lines: [PAST_IT] }] : [];
}

const PAST_IT =
  'pods in the cluster can call its Service directly, unless a NetworkPolicy or a rule with from stops them';

const CLASS_FIELD = 'spec.agentGatewayClassName';

function classFact({ object, origin }: Resource, { resources }: Surroundings, context: Context): Fact {
  const name = valueAt(object, CLASS_FIELD);
  if (typeof name !== 'string' || name === '') {
    return { name: 'class', lines: [`the default class, because ${CLASS_FIELD} is not set`] };
  }
  const found = resources.find(
    (each) => each.object.kind === 'AgentGatewayClass' && each.object.metadata.name === name,
  );
  const controller = valueAt(found?.object, 'spec.controller');
  const whose = found === undefined ? 'which is not among the documents' : `for ${String(controller)}`;
  return {
    name: 'class',
    lines: [
      `${shownValue(name)}, ${whose}`,
      `by ${withPlace(`${CLASS_FIELD}: ${shownValue(name)}`, context.places.ofField(origin, CLASS_FIELD))}`,
    ],
  };
}

function servesFact({ object }: Resource, { endpoints }: Surroundings): readonly Fact[] {
  const gateway = namesOfObject(object);
  if (endpoints.some((endpoint) => endpoint.outcome === 'unreachable' && isSame(endpoint.resource, gateway))) {
    return [];
  }
  const inside = endpoints.filter((endpoint) => endpoint.gateway !== undefined && isSame(endpoint.gateway, gateway));
  const agents = (outcome: Endpoint['outcome']) => [
    ...new Set(
      inside
        .filter((endpoint) => endpoint.outcome === outcome && endpoint.resource.kind === 'Agent')
        .map(({ resource }) => titleOf(resource)),
    ),
  ];
  const served = agents('reachable');
  const left = inside.flatMap((endpoint) =>
    endpoint.outcome === 'unreachable' && endpoint.resource.kind === 'Agent'
      ? [`${titleOf(endpoint.resource)}: ${endpoint.message ?? endpoint.reason}`]
      : [],
  );
  return [
    { name: 'serves', lines: [most(served).join(', ') || 'no Agent'] },
    ...(left.length === 0 ? [] : [{ name: 'leaves out', lines: most(left) }]),
  ];
}

function classFacts({ object, origin }: Resource, { resources }: Surroundings, context: Context): readonly Fact[] {
  const field = 'spec.controller';
  const ours = context.settings.agentGateway.classController;
  const gateways = resources.filter(
    (each) => each.object.kind === 'AgentGateway' && valueAt(each.object, CLASS_FIELD) === object.metadata.name,
  );
  return [
    {
      name: 'controller',
      lines: [
        `${String(valueAt(object, field))}, by ${withPlace(field, context.places.ofField(origin, field))}`,
        `this service makes the gateways of classes for ${ours}, ${settingCause('AGENT_GATEWAY_CLASS_CONTROLLER', context)}`,
      ],
    },
    {
      name: 'gateways',
      lines: [most(gateways.map((each) => nameOf(each.object))).join(', ') || 'no AgentGateway names it'],
    },
  ];
}
