import { SETTABLE } from '../../controllers/engine/own-annotations.ts';
import { Type, Value } from '../../controllers/typebox.ts';
import { identityOf, nameOf } from '../evaluate/cluster-object.ts';
import type { Rendered } from '../evaluate/hook-calls.ts';
import type { Remark } from '../evaluate/remark.ts';
import type { Severity } from './finding.ts';
import type { Rule } from './rules.ts';

/** A remark that only this verb makes, with its rule. */
export interface OwnRemark {
  readonly rule: Rule;
  readonly remark: Remark;
  /** A value in the spec that is wrong, if its field is not known. */
  readonly value?: string;
  /** Undefined for that of the rule. */
  readonly severity?: Severity;
}

type Parent = Rendered['parents'][number];

/** Something that only one resource can have, such as an address, what makes it, and what to change. */
interface Claim {
  readonly parent: Parent['parent'];
  readonly rule: Rule;
  readonly key: string;
  /** `makes HTTPRoute team/agent-a`. */
  readonly text: string;
  readonly field: string;
  readonly remedy: string;
}

/** By its name. */
const BY_NAME = { field: 'metadata.name', remedy: 'rename one of them' };
/** By the host names of an AgentGateway. */
const BY_HOSTNAMES = {
  field: `metadata.annotations.${SETTABLE.hostnames.name}`,
  remedy: 'remove the host name from one of them',
};

/** An error for each resource that makes an object, or a route with an address, that an earlier resource makes too. */
export function clashes(answers: readonly Rendered[]): readonly OwnRemark[] {
  const claims = answers.flatMap(({ parents }) => parents.flatMap(claimsOf));
  const byKey = Map.groupBy(claims, ({ key }) => key);
  return [...byKey.values()].flatMap(([first, ...others]) =>
    first === undefined
      ? []
      : others.filter(({ parent }) => parent.object !== first.parent.object).map(clashWith(first)),
  );
}

function clashWith(first: Claim): (claim: Claim) => OwnRemark {
  const { object, origin } = first.parent;
  return ({ parent, rule, text, field, remedy }) => ({
    rule,
    remark: {
      level: 'error',
      about: parent.origin,
      text: `${nameOf(parent.object)}: ${text}, as ${nameOf(object)} in ${origin} does; ${remedy}`,
      of: parent.object,
      field,
    },
  });
}

function claimsOf({ parent, children }: Parent): readonly Claim[] {
  return children.flatMap((child): readonly Claim[] => [
    { ...BY_NAME, parent, rule: 'NameClash', key: identityOf(child), text: `makes ${nameOf(child)}` },
    ...addressesOf(child).map(
      (address): Claim => ({
        ...(parent.object.kind === 'AgentGateway' ? BY_HOSTNAMES : BY_NAME),
        ...{ parent, rule: 'PathClash', key: address, text: `makes a route for ${address}` },
      }),
    ),
  ]);
}

const Route = Type.Object({
  kind: Type.Literal('HTTPRoute'),
  spec: Type.Object({
    parentRefs: Type.Array(Type.Object({ namespace: Type.String(), name: Type.String() })),
    hostnames: Type.Optional(Type.Array(Type.String())),
    rules: Type.Array(
      Type.Object({
        matches: Type.Array(
          Type.Object({
            path: Type.Object({ type: Type.String(), value: Type.String() }),
            method: Type.Optional(Type.String()),
          }),
        ),
      }),
    ),
  }),
});

/** The addresses of a route: `POST Exact agents.example.com/a at Gateway kaos-system/kaos-gateway`. None for another kind. */
function addressesOf(child: object): readonly string[] {
  if (!Value.Check(Route, child)) {
    return [];
  }
  const { parentRefs, hostnames = [''], rules } = child.spec;
  const gateways = parentRefs.map(({ namespace, name }) => `at Gateway ${namespace}/${name}`).join(' ');
  const paths = rules.flatMap(({ matches }) =>
    matches.map(({ path, method }) => ({ path, before: method === undefined ? path.type : `${method} ${path.type}` })),
  );
  return hostnames.flatMap((host) => paths.map(({ path, before }) => `${before} ${host}${path.value} ${gateways}`));
}
