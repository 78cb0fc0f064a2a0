import type { OwnRemark } from '../check/clashes.ts';
import { findingsOf } from '../check/findings.ts';
import { type ClusterObject, identityOf, nameOf } from '../evaluate/cluster-object.ts';
import type { Evaluation } from '../evaluate/evaluate.ts';
import type { Remark } from '../evaluate/remark.ts';
import { type Context, saidBy, withPlace } from './context.ts';

/** What is wrong with a resource, as `check` says it, each with the place of its field. `told` has been said already. */
export function problemsOf(
  resource: ClusterObject,
  {
    evaluation,
    own,
    told,
  }: { readonly evaluation: Evaluation; readonly own: readonly OwnRemark[]; readonly told: readonly string[] },
  context: Context,
): readonly string[] {
  const name = nameOf(resource);
  const isOf = (remark: Remark) => isAbout(remark, resource);
  const remarks = evaluation.remarks.filter(isOf);
  const findings = findingsOf(
    { ...evaluation, remarks },
    own.filter(({ remark }) => isOf(remark)),
  );
  return findings
    .filter(({ object, severity }) => (object === undefined || object === name) && severity !== 'note')
    .filter(({ message }) => !told.some((text) => text.includes(message)))
    .map(({ message, place, rule }) =>
      withPlace(`${saidBy(message, context)} (${rule})`, place && `${place.file}:${place.line}:${place.column}`),
    );
}

/** A gateway can have a problem with an agent. Two groups have a kind Agent, and only one of them has gateways. */
function isAbout({ of, about }: Remark, resource: ClusterObject): boolean {
  if (of === undefined) {
    return false;
  }
  const isOwn = of.apiVersion === resource.apiVersion && identityOfNamed(of) === identityOf(resource);
  return isOwn || (about === nameOf(resource) && of.kind === 'AgentGateway' && of.apiVersion === resource.apiVersion);
}

function identityOfNamed(of: NonNullable<Remark['of']>): string {
  return 'metadata' in of ? identityOf(of as ClusterObject) : '';
}
