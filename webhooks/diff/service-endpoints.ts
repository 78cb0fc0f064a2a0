import type { DesiredObject } from '../../controllers/contract.ts';
import { type Cause, namesOf, type Reachable } from '../../controllers/endpoint.ts';
import { networkPolicyReading } from '../../controllers/kubernetes/kinds/network-policy.ts';
import { type Static, Type, Value } from '../../controllers/typebox.ts';
import type { Evaluation } from '../evaluate/evaluate.ts';
import { resourceKey } from './resource-text.ts';

const NetworkPolicy = Type.Object({
  spec: Type.Object({
    ingress: Type.Tuple([
      Type.Object({
        from: Type.Tuple([
          Type.Object({
            namespaceSelector: Type.Object({
              matchExpressions: Type.Tuple([Type.Object({ values: Type.Array(Type.String()) })]),
            }),
          }),
        ]),
      }),
    ]),
  }),
});

const Service = Type.Object({
  kind: Type.Literal('Service'),
  metadata: Type.Object({ name: Type.String(), namespace: Type.String() }),
  spec: Type.Object({ ports: Type.Array(Type.Object({ port: Type.Integer() })) }),
});
type Service = Static<typeof Service>;

/** The Services of a resource, and the namespaces that may connect; undefined if all may. */
interface Served {
  readonly parent: Evaluation['answers'][number]['parents'][number]['parent'];
  readonly services: readonly Service[];
  readonly namespaces: readonly string[] | undefined;
}

/** Both states, the older one first. */
type Both = readonly [before: Evaluation, after: Evaluation];

/**
 * The Services of the KAOS runtime in both states, each with who may connect, for resources that a NetworkPolicy guards in one of them.
 * They need no route, so no controller tells them as addresses, and a policy that goes opens them to all pods.
 */
export function serviceEndpoints(states: Both): readonly [readonly Reachable[], readonly Reachable[]] {
  const [before, after] = [served(states[0]), served(states[1])];
  const guarded = new Set([...before, ...after].filter(({ namespaces }) => namespaces !== undefined).map(keyOf));
  const endpoints = (all: readonly Served[]) => all.filter((each) => guarded.has(keyOf(each))).flatMap(endpointsOf);
  return [endpoints(before), endpoints(after)];
}

/** An AgentGateway tells its Service itself. */
function served({ answers }: Evaluation): readonly Served[] {
  return answers
    .flatMap(({ parents }) => parents)
    .filter(({ parent }) => parent.object.kind !== 'AgentGateway')
    .map(({ parent, children }) => ({
      parent,
      services: children.filter((child) => Value.Check(Service, child)),
      namespaces: children.flatMap(namespacesIn)[0],
    }))
    .filter(({ services }) => services.length > 0);
}

function namespacesIn(child: DesiredObject): readonly (readonly string[])[] {
  return child.kind === networkPolicyReading.kind && Value.Check(NetworkPolicy, child)
    ? [child.spec.ingress[0].from[0].namespaceSelector.matchExpressions[0].values]
    : [];
}

function keyOf({ parent }: Served): string {
  return resourceKey(namesOfParent(parent));
}

function namesOfParent({ object }: Served['parent']) {
  const { namespace = '', name } = object.metadata;
  return namesOf({ ...object, metadata: { namespace, name } });
}

const BY_RULES: Cause = { by: 'rule', rules: [] };

function endpointsOf({ parent, services, namespaces }: Served): readonly Reachable[] {
  const resource = namesOfParent(parent);
  return services.flatMap(({ metadata, spec }) =>
    spec.ports.map(({ port }) => ({
      ...({ outcome: 'reachable', resource, gateway: resource, method: 'any', isPrefix: true } as const),
      ...{ host: `${metadata.name}.${metadata.namespace}.svc`, path: `:${port}`, backend: 'pods' },
      demand: namespaces === undefined ? {} : { from: { namespaces: [...namespaces] } },
      because: { exposed: BY_RULES, host: BY_RULES, timeout: BY_RULES, access: BY_RULES },
      ...{ timeout: undefined, accepted: undefined },
    })),
  );
}
