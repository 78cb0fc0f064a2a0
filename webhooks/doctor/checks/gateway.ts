import { fieldAt, mapsAt, textAt } from '../fields.ts';
import type { Finding } from '../finding.ts';
import { missing, warning, wrong } from '../finding.ts';
import { itemsOf } from '../gather.ts';
import type { Installation, Installed } from '../installation.ts';
import { conditionOf, conditionText, type Item, nameText } from '../item.ts';
import { helmUpgrade, kubectl } from '../mend.ts';

const PAGE = 'docs/troubleshooting.md#404';
const CLASS_PAGE = 'docs/start-kaos.md#1-a-gateway';
const GATEWAYS = 'gateways.gateway.networking.k8s.io';

/** The Gateway that the settings name is there and serves, and so is its class. */
export function gatewayFindings(installation: Installation): readonly Finding[] {
  const { release, cluster } = installation;
  if (release === undefined || release.settings['GATEWAY_API_ENABLED'] !== 'true') {
    return [];
  }
  const { settings } = release;
  const name = settings['GATEWAY_NAME'] ?? '';
  const namespace = settings['GATEWAY_NAMESPACE'] ?? '';
  const gateways = itemsOf(cluster.looks.gateways);
  const gateway = gateways.find((each) => each.name === name && each.namespace === namespace);
  const installed = { ...installation, release };
  if (gateway === undefined) {
    const absent = noGateway(installed, { name, namespace, gateways });
    return [...classFindings(installed, settings['GATEWAY_CLASS_NAME'] ?? ''), absent];
  }
  const className = textAt(gateway.object, 'spec', 'gatewayClassName');
  return [
    ...classFindings(installed, className),
    ...otherClass(installed, gateway, className),
    ...statusFindings(gateway),
    ...sectionFindings(installed, gateway),
  ];
}

interface Wanted {
  readonly name: string;
  readonly namespace: string;
  readonly gateways: readonly Item[];
}

function noGateway({ release, cluster }: Installed, { name, namespace, gateways }: Wanted): Finding {
  const [other] = gateways;
  const classes = itemsOf(cluster.looks.gatewayClasses).map((each) => each.name);
  const className = release.settings['GATEWAY_CLASS_NAME'] || classes[0] || 'CLASS';
  const values =
    other === undefined
      ? ['gatewayAPI.createGateway=true', `gatewayAPI.gatewayClassName=${className}`]
      : [`gatewayAPI.gatewayName=${other.name}`, `gatewayAPI.gatewayNamespace=${other.namespace}`];
  const others = gateways.map((each) => `${each.namespace}/${each.name}`).join(', ');
  return missing({
    object: nameText({ kind: 'Gateway', namespace, name }),
    seen: others === '' ? 'the cluster has no Gateway' : `it does not exist; the cluster has ${others}`,
    expected: 'the Gateway that gatewayAPI.gatewayName and gatewayAPI.gatewayNamespace name: no route is served',
    mend: [helmUpgrade(release, ...values)],
    ...(other === undefined
      ? {}
      : { advice: 'If that is not your Gateway, make yours, or set gatewayAPI.createGateway.' }),
    page: PAGE,
  });
}

function classFindings({ cluster, release }: Installed, name: string): readonly Finding[] {
  const classes = itemsOf(cluster.looks.gatewayClasses);
  const found = classes.find((each) => each.name === name);
  if (name === '') {
    return [];
  }
  return found === undefined ? [noClass(release, name, classes)] : notAccepted(found);
}

function noClass(release: Installed['release'], name: string, classes: readonly Item[]): Finding {
  const [other] = classes;
  const others = classes.map((each) => each.name).join(', ');
  return missing({
    object: nameText({ kind: 'GatewayClass', namespace: '', name }),
    seen: other === undefined ? 'the cluster has no GatewayClass' : `it does not exist; the cluster has ${others}`,
    expected: 'a class of an installed gateway implementation: nobody serves the Gateway',
    mend: [helmUpgrade(release, `gatewayAPI.gatewayClassName=${other?.name ?? 'CLASS'}`)],
    advice:
      other === undefined
        ? 'Install a gateway implementation first, and put the name of its class in place of CLASS.'
        : 'Or make the class, as the documents of your gateway implementation say.',
    page: CLASS_PAGE,
  });
}

function notAccepted(gatewayClass: Item): readonly Finding[] {
  const { name, object } = gatewayClass;
  const accepted = conditionOf(fieldAt(object, 'status'), 'Accepted');
  return accepted?.status === 'True'
    ? []
    : [
        wrong({
          object: nameText({ kind: 'GatewayClass', namespace: '', name }),
          seen: accepted === undefined ? 'its status has no condition Accepted' : conditionText(accepted),
          expected: `Accepted is True: ${textAt(object, 'spec', 'controllerName')} must run, and take the class`,
          mend: [kubectl('describe', 'gatewayclasses.gateway.networking.k8s.io', name)],
          advice:
            'Look whether the pods of the gateway implementation run. This command shows what it says of the class.',
          page: CLASS_PAGE,
        }),
      ];
}

/** What the class supports decides which routes have timeouts. */
function otherClass({ release }: Installed, gateway: Item, className: string): readonly Finding[] {
  const told = release.settings['GATEWAY_CLASS_NAME'] ?? '';
  return told === '' || told === className
    ? []
    : [
        warning({
          object: nameText(gateway),
          seen: `spec.gatewayClassName is ${className}`,
          expected: `${told}, as gatewayAPI.gatewayClassName says: it decides whether routes have timeouts`,
          mend: [helmUpgrade(release, `gatewayAPI.gatewayClassName=${className}`)],
          page: PAGE,
        }),
      ];
}

function statusFindings(gateway: Item): readonly Finding[] {
  const status = fieldAt(gateway.object, 'status');
  const conditions = ['Accepted', 'Programmed'].map((type) => ({ type, found: conditionOf(status, type) }));
  const failed = conditions.find(({ found }) => found?.status !== 'True');
  const describe = kubectl('describe', GATEWAYS, gateway.name, '--namespace', gateway.namespace);
  const told = { object: nameText(gateway), mend: [describe], page: PAGE };
  if (failed !== undefined) {
    const { type, found } = failed;
    return [
      wrong({
        ...told,
        seen: found === undefined ? `its status has no condition ${type}` : conditionText(found),
        expected: `${type} is True: the Gateway takes no calls`,
        advice: 'Mend what the condition says. AddressNotAssigned means that the cluster has no load balancer for it.',
      }),
    ];
  }
  return mapsAt(status, 'addresses').length > 0
    ? []
    : [
        wrong({
          ...told,
          seen: 'status.addresses is empty',
          expected: 'an address that clients can call',
          advice: 'The cluster has given it none: look at its Service of the type LoadBalancer.',
        }),
      ];
}

function sectionFindings({ release }: Installed, gateway: Item): readonly Finding[] {
  const wanted = release.settings['GATEWAY_SECTION_NAME'] ?? '';
  const names = mapsAt(gateway.object, 'spec', 'listeners').map((listener) => textAt(listener, 'name'));
  return wanted === '' || names.includes(wanted)
    ? []
    : [
        wrong({
          object: nameText(gateway),
          seen: `its listeners are ${names.join(', ')}`,
          expected: `${wanted}, which gatewayAPI.sectionName names: routes attach to nothing`,
          mend: [helmUpgrade(release, `gatewayAPI.sectionName=${names[0] ?? ''}`)],
          page: PAGE,
        }),
      ];
}
