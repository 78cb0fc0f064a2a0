import { mapsAt, numberAt, textAt } from '../fields.ts';
import type { Finding } from '../finding.ts';
import { wrong } from '../finding.ts';
import { itemsOf } from '../gather.ts';
import type { Installation } from '../installation.ts';
import { type Item, nameText } from '../item.ts';
import { kubectl } from '../mend.ts';

/** Only one controller writes each object: no operator runs beside the controller that stands in for it. */
export function writerFindings({ cluster, controllers }: Installation): readonly Finding[] {
  const has = (start: string) => controllers.find(({ item }) => item.name.startsWith(start))?.item.name;
  const kaos = itemsOf(cluster.looks.kaosOperators).filter(isRunning);
  const gateway = itemsOf(cluster.looks.gatewayOperators).filter(isRunning);
  const [runtime, routes, gateways] = [has('kaos-runtime-'), has('kaos-routes'), has('agent-gateway')];
  return [
    ...(runtime === undefined
      ? []
      : kaos.map((operator) => twoWriters(operator, 'the pods of KAOS resources', 'docs/kaos-runtime.md#move-there'))),
    ...(runtime !== undefined || routes === undefined ? [] : kaos.filter(makesRoutes).map(routesToo)),
    ...(gateways === undefined
      ? []
      : gateway.map((operator) =>
          twoWriters(operator, 'AgentGateways', 'docs/migration.md#from-the-agent-gateway-krakend-operator'),
        )),
  ];
}

function isRunning({ object }: Item): boolean {
  return numberAt(object, 'spec', 'replicas') > 0;
}

function twoWriters(operator: Item, what: string, page: string): Finding {
  const { name, namespace, object } = operator;
  return wrong({
    object: nameText(operator),
    seen: `spec.replicas is ${numberAt(object, 'spec', 'replicas')}, while a controller of this release makes ${what} too`,
    expected: '0: two writers undo what the other one writes, without end',
    mend: [kubectl('scale', 'deployment', name, '--namespace', namespace, '--replicas=0')],
    advice: 'Keep it at 0 in each upgrade of its chart. The page has the whole move, and the way back.',
    page,
  });
}

/** Whether its own Gateway API feature is on, if its variables say so. */
function makesRoutes({ object }: Item): boolean {
  return mapsAt(object, 'spec', 'template', 'spec', 'containers').some((container) =>
    mapsAt(container, 'env').some(
      (variable) => textAt(variable, 'name') === 'GATEWAY_API_ENABLED' && textAt(variable, 'value') === 'true',
    ),
  );
}

function routesToo(operator: Item): Finding {
  const { name, namespace } = operator;
  return wrong({
    object: nameText(operator),
    seen: 'its variable GATEWAY_API_ENABLED is true, while kaos-routes makes the same routes',
    expected: 'false: two writers undo what the other one writes, without end',
    mend: [kubectl('set', 'env', `deployment/${name}`, 'GATEWAY_API_ENABLED=false', '--namespace', namespace)],
    advice:
      'Set gatewayAPI.enabled=false in its chart too. If that chart made the Gateway, keep it first: the page says how.',
    page: 'docs/migration.md#from-kaoss-gateway-feature',
  });
}
