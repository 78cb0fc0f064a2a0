import { Type, Value } from '../../controllers/typebox.ts';
import { identityOf, nameOf } from '../render/cluster-object.ts';
import type { Rendered } from '../render/hook-calls.ts';
import type { Remark } from '../render/remark.ts';
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

/** Something that only one resource can have, such as an address, and what makes it. */
interface Claim {
  readonly parent: Parent['parent'];
  readonly rule: Rule;
  readonly key: string;
  /** `makes HTTPRoute team/agent-a`. */
  readonly text: string;
}

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
  return ({ parent, rule, text }) => ({
    rule,
    remark: {
      level: 'error',
      about: parent.origin,
      text: `${nameOf(parent.object)}: ${text}, as ${nameOf(object)} in ${origin} does; rename one of them`,
      of: parent.object,
      field: 'metadata.name',
    },
  });
}

function claimsOf({ parent, children }: Parent): readonly Claim[] {
  return children.flatMap((child): readonly Claim[] => [
    { parent, rule: 'NameClash', key: identityOf(child), text: `makes ${nameOf(child)}` },
    ...addressesOf(child).map(
      (address): Claim => ({ parent, rule: 'PathClash', key: address, text: `makes a route for ${address}` }),
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
