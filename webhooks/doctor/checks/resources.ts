import { ageOf } from '../age.ts';
import { hasConditions } from '../crd-schema.ts';
import { fieldAt, textAt } from '../fields.ts';
import type { Finding } from '../finding.ts';
import { warning, wrong } from '../finding.ts';
import { itemsOf } from '../gather.ts';
import { groupedFindings } from '../grouped.ts';
import type { Installation, Installed } from '../installation.ts';
import { annotationOf, conditionsIn, conditionText, type FoundCondition, type Item, nameText } from '../item.ts';
import { KAOS_LOOKS, type LookName, lookAt } from '../kinds.ts';
import { kubectl } from '../mend.ts';

/** The conditions that say whether a resource gets what it asks for. */
const ASKED = ['Accepted', 'ResolvedRefs', 'Programmed', 'RouteAccepted'];
/** A rollout that takes longer is not one. */
const PENDING_SECONDS = 600;

/** The conditions that this service writes: AgentGateways and KAOS resources get what they ask for. */
export function resourceFindings(installation: Installation): readonly Finding[] {
  const { release } = installation;
  if (release === undefined) {
    return [];
  }
  const installed = { ...installation, release };
  const runsKaos = installation.controllers.some(({ item }) => item.name.startsWith('kaos-runtime-'));
  const gateways = itemsOf(installation.cluster.looks.agentGateways).filter((gateway) => isClaimed(installed, gateway));
  return groupedFindings([
    ...gateways.flatMap((gateway) => findings(installed, gateway, 'agentGateways')),
    ...(runsKaos ? KAOS_LOOKS : []).flatMap((look) =>
      itemsOf(installation.cluster.looks[look]).flatMap((item) => findings(installed, item, look)),
    ),
  ]);
}

/** Whether a class of this release is that of the gateway. Without a name it is the default class. */
function isClaimed({ cluster, release }: Installed, gateway: Item): boolean {
  const named = textAt(gateway.object, 'spec', 'agentGatewayClassName');
  const found = itemsOf(cluster.looks.agentGatewayClasses).find((each) =>
    named === ''
      ? annotationOf(each, 'agentgatewayclass.kubernetes.io/is-default-class') === 'true'
      : each.name === named,
  );
  return textAt(found?.object, 'spec', 'controller') === release.settings['AGENT_GATEWAY_CLASS_CONTROLLER'];
}

function findings(installed: Installed, item: Item, look: LookName): readonly Finding[] {
  const { cluster } = installed;
  const isDeleted = fieldAt(item.object, 'metadata', 'deletionTimestamp') !== undefined;
  const conditions = conditionsIn(fieldAt(item.object, 'status'));
  const age = ageOf(cluster.now, textAt(item.object, 'metadata', 'creationTimestamp'));
  const own = conditions.filter(({ type }) => ASKED.includes(type));
  if (isDeleted) {
    return [];
  }
  if (own.length === 0) {
    return age < PENDING_SECONDS || isBare(installed, look) ? [] : [silent(item, look)];
  }
  return own
    .filter(({ status }) => status === 'False')
    .flatMap((condition) => conditionFindings(installed, { item, look }, condition));
}

/** KAOS's own CRDs have no conditions, so nothing can be there. */
function isBare({ cluster }: Installed, look: LookName): boolean {
  const crd = itemsOf(cluster.looks.crds).find(({ name }) => name === lookAt(look).resource);
  return look !== 'agentGateways' && !hasConditions(crd, 'v1alpha1');
}

function silent(item: Item, look: LookName): Finding {
  const { namespace, name } = item;
  const annotate = (value: string) => kubectl('annotate', lookAt(look).resource, name, '--namespace', namespace, value);
  return wrong({
    object: nameText(item),
    seen: 'its status has none of the conditions Accepted, ResolvedRefs and Programmed',
    expected: 'conditions: Metacontroller has not called the hook for it, or the call failed',
    mend: [annotate('resync=now'), annotate('resync-')],
    advice: 'This causes a call. If nothing changes, look at what Metacontroller reports.',
    page: 'docs/troubleshooting.md#httproute-not-created',
  });
}

interface Looked {
  readonly item: Item;
  readonly look: LookName;
}

function conditionFindings(
  { cluster }: Installed,
  { item, look }: Looked,
  condition: FoundCondition,
): readonly Finding[] {
  const { reason } = condition;
  const minutes = Math.round(ageOf(cluster.now, condition.since) / 60);
  const isWaiting = ['Pending', 'Waiting'].includes(reason);
  if (isWaiting && minutes * 60 < PENDING_SECONDS) {
    return [];
  }
  const { namespace, name } = item;
  const tell = PARTLY.includes(reason) ? warning : wrong;
  return [
    tell({
      object: nameText(item),
      seen: `${conditionText(condition)}${isWaiting ? ` (for ${minutes} min)` : ''}`,
      expected: `${condition.type} is True`,
      mend: [kubectl('describe', lookAt(look).resource, name, '--namespace', namespace)],
      advice: 'The message says what to change in the resource; this command has all of it, and the Events.',
      page: look === 'agentGateways' ? 'docs/troubleshooting.md#agentgateways' : 'docs/troubleshooting.md#kaos-runtime',
    }),
  ];
}

/** With these the resource is served, apart from what the message names. */
const PARTLY: readonly string[] = [
  'AddressInPart',
  'GuardrailsNotSupported',
  'NoEffect',
  'TelemetryNotSupported',
  'UnknownAnnotation',
  'Pending',
  'Waiting',
];
