import { textAt } from '../fields.ts';
import type { Finding } from '../finding.ts';
import { missing, warning, wrong } from '../finding.ts';
import { itemsOf } from '../gather.ts';
import type { Installation, Installed } from '../installation.ts';
import { annotationOf, type Item, nameText } from '../item.ts';
import { helmUpgrade, kubectl } from '../mend.ts';

const CLASSES = 'agentgatewayclasses.runtime.agentic-layer.ai';
const DEFAULT = 'agentgatewayclass.kubernetes.io/is-default-class';
const PAGE = 'docs/troubleshooting.md#agentgateways';

/** An AgentGatewayClass belongs to the release, and each AgentGateway has a class. */
export function classFindings(installation: Installation): readonly Finding[] {
  const { release, expected } = installation;
  const controller = release?.settings['AGENT_GATEWAY_CLASS_CONTROLLER'];
  if (release === undefined || !controller || !expected.some((name) => name.startsWith('agent-gateway'))) {
    return [];
  }
  const installed = { ...installation, release };
  const classes = itemsOf(installation.cluster.looks.agentGatewayClasses);
  const own = classes.filter((each) => textAt(each.object, 'spec', 'controller') === ownController(installed));
  return [
    ...(own.length === 0 ? [noClass(installed, classes)] : []),
    ...severalDefaults(classes),
    ...unclaimed(installed, classes),
  ];
}

function ownController({ release }: Installed): string {
  return release.settings['AGENT_GATEWAY_CLASS_CONTROLLER'] ?? '';
}

function noClass(installed: Installed, classes: readonly Item[]): Finding {
  const others = classes.map((each) => `${each.name} of ${textAt(each.object, 'spec', 'controller')}`).join(', ');
  return missing({
    object: `AgentGatewayClass of ${ownController(installed)}`,
    seen: others === '' ? 'the cluster has no AgentGatewayClass' : `the cluster has ${others}`,
    expected: 'a class whose spec.controller is this one: no AgentGateway belongs to this release',
    mend: [helmUpgrade(installed.release, 'agentGatewayClass.create=true')],
    page: PAGE,
  });
}

const isDefault = (each: Item) => annotationOf(each, DEFAULT) === 'true';

function severalDefaults(classes: readonly Item[]): readonly Finding[] {
  const [first, ...others] = classes.filter(isDefault);
  return others.map((other) =>
    warning({
      object: nameText(other),
      seen: `the annotation ${DEFAULT} is true, as that of ${first?.name}`,
      expected: 'one default class: an AgentGateway without a class name has two controllers',
      mend: [kubectl('annotate', CLASSES, other.name, `${DEFAULT}-`)],
      page: PAGE,
    }),
  );
}

function unclaimed({ cluster, release }: Installed, classes: readonly Item[]): readonly Finding[] {
  const names = new Set(classes.map(({ name }) => name));
  const fallback = classes.find(isDefault);
  const [target] = classes;
  return itemsOf(cluster.looks.agentGateways).flatMap((gateway) => {
    const named = textAt(gateway.object, 'spec', 'agentGatewayClassName');
    if (named === '' ? fallback !== undefined : names.has(named)) {
      return [];
    }
    const value = target?.name ?? 'CLASS';
    const patch = JSON.stringify({ spec: { agentGatewayClassName: value } });
    return [
      wrong({
        object: nameText(gateway),
        seen: named === '' ? 'it names no class, and no class is the default' : `its class ${named} does not exist`,
        expected: `a class of this release: nobody makes the gateway`,
        mend: [
          target === undefined
            ? helmUpgrade(release, 'agentGatewayClass.create=true')
            : kubectl(
                ...['patch', 'agentgateways.runtime.agentic-layer.ai', gateway.name, '--namespace', gateway.namespace],
                ...['--type=merge', `--patch=${patch}`],
              ),
        ],
        page: PAGE,
      }),
    ];
  });
}
