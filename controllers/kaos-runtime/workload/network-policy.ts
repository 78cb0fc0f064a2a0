import { callersOf, hasCallers } from '../../access/callers.ts';
import type { DesiredObject, RelatedRule } from '../../contract.ts';
import type { PlainObject } from '../../data/plain-object.ts';
import type { ChildName } from '../../engine/child-names.ts';
import { byNames } from '../../engine/related-rule.ts';
import { deploymentReading } from '../../kubernetes/kinds/deployment.ts';
import { networkPolicy, networkPolicyReading } from '../../kubernetes/kinds/network-policy.ts';
import { serviceReading } from '../../kubernetes/kinds/service.ts';
import { containersIn, itemsIn, objectIn } from '../../kubernetes/pod-spec/pod-parts.ts';
import { mapKey, type Reading } from '../../reading.ts';
import { callersPolicyName, type Naming } from '../../resources/kaos/naming.ts';
import type { AccessSettings } from '../../settings.ts';
import type { Observed } from '../observed.ts';

/** The child that says who may connect. */
export function policyChild(naming: Pick<Naming, 'serviceName'>): ChildName {
  return { reading: networkPolicyReading, name: callersPolicyName(naming) };
}

interface Place {
  readonly naming: Naming;
  readonly namespace: string;
}

/** Asks for an object with the name of the NetworkPolicy, if any access rule says who may connect. */
export function policyRules({ naming, namespace }: Place, { rules }: AccessSettings): readonly RelatedRule[] {
  return hasCallers(rules) ? byNames(networkPolicyReading, namespace, [policyChild(naming).name]) : [];
}

/**
 * The children of a resource, with a NetworkPolicy if its access says who may connect. A held resource gets it too, because its
 * pods run. Pods on which it has no effect get none: by that `kaos-routes` knows that everybody may connect.
 */
export function withPolicy(observed: Observed, children: readonly DesiredObject[]): readonly DesiredObject[] {
  const { access, naming, namespace, nameConflict } = observed;
  const callers = callersOf(access);
  const others = children.filter((child) => mapKey(child) !== mapKey(networkPolicyReading));
  const pods = podsOf(others, naming);
  const hasNone = callers === undefined || pods === undefined || evadesPolicy(others, naming);
  if (nameConflict !== undefined || hasNone) {
    return nameConflict === undefined ? others : children;
  }
  const { labels } = naming;
  const admission = { podLabels: labels, namespaces: callers.namespaces, ports: portsOf(others, pods, naming) };
  return [...others, networkPolicy({ name: policyChild(naming).name, namespace, labels }, admission)];
}

/** Whether a NetworkPolicy has no effect on the pods, because they are in the network of their node. */
export function evadesPolicy(children: readonly DesiredObject[], naming: Naming): boolean {
  return podsOf(children, naming)?.['hostNetwork'] === true;
}

/** Whether these children have a NetworkPolicy, and pods on which it has an effect. */
export function hasPolicy(children: readonly DesiredObject[], naming: Naming): boolean {
  return children.some((child) => mapKey(child) === mapKey(networkPolicyReading)) && !evadesPolicy(children, naming);
}

/** The spec of the pods of these children. */
function podsOf(children: readonly DesiredObject[], naming: Naming): PlainObject | undefined {
  const deployment = childOf(deploymentReading, children, naming);
  return deployment && objectIn(objectIn(objectIn(deployment, 'spec'), 'template'), 'spec');
}

/** The TCP ports that the containers list, and the one to which the Service leads. */
function portsOf(children: readonly DesiredObject[], pods: PlainObject, naming: Naming): readonly number[] {
  const service = childOf(serviceReading, children, naming);
  const ports = [
    ...containersIn(pods).flatMap((container) => itemsIn(container, 'ports')),
    ...itemsIn(objectIn(service, 'spec'), 'ports'),
  ];
  return ports
    .filter(({ protocol = 'TCP' }) => protocol === 'TCP')
    .map(({ containerPort, targetPort }) => containerPort ?? targetPort)
    .filter((port) => typeof port === 'number');
}

function childOf(
  reading: Reading,
  children: readonly DesiredObject[],
  { serviceName }: Naming,
): PlainObject | undefined {
  const found = children.find((child) => mapKey(child) === mapKey(reading) && child.metadata.name === serviceName);
  return found as object as PlainObject | undefined;
}
