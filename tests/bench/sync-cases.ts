import { agent, gateway, gatewayClass, type KubernetesObject, OURS } from '../support/gateways.ts';
import * as kaos from '../support/kaos.ts';
import { agents, WEIGHTS, type Weight } from './agents.ts';
import { bodyOf, type Call, requestOf, settled, toBytes } from './calls.ts';
import { randomFrom, withShuffledKeys } from './random.ts';

/** `unchanged` has the children that the answer made, `changed` has another address of one agent, and `shuffled` another order of keys. */
const STATES = ['new', 'unchanged', 'changed', 'shuffled'] as const;
type State = (typeof STATES)[number];

/** A call of a sync hook that is measured. */
export interface SyncCase {
  /** `agent-gateway/lean/800/unchanged`, as `--only` selects it. */
  readonly name: string;
  readonly controller: string;
  /** The Agents in the body; undefined if the controller reads none. */
  readonly agents?: number;
  readonly state: State;
  /** Makes the body. It can be large, so it is made only when it is needed. */
  readonly body: () => Buffer;
}

const SEED = 20;

/** All cases, in the order in which they are measured. */
export function syncCases(sizes: readonly number[]): readonly SyncCase[] {
  const gateways = WEIGHTS.flatMap((weight) =>
    sizes.flatMap((size) => STATES.map((state) => gatewayCase(weight, size, state))),
  );
  return [...gateways, ...kaosCases('kaos-routes'), ...kaosCases('kaos-runtime-agent')];
}

function gatewayCase(weight: Weight, size: number, state: State): SyncCase {
  const controller = 'agent-gateway';
  const call = (): Call => ({
    controller,
    parent: gateway({ agentGatewayClassName: 'krakend' }),
    children: [],
    related: [gatewayClass('krakend', OURS), ...agents(size, weight)],
  });
  const name = `${controller}/${weight}/${size}/${state}`;
  return { name, controller, agents: size, state, body: () => inState(call(), state) };
}

function kaosCases(controller: string): readonly SyncCase[] {
  const call = (): Call => ({
    controller,
    parent: kaos.agent(),
    children: [],
    related: controller === 'kaos-routes' ? [] : [kaos.ready(kaos.modelApi()), kaos.registry()],
  });
  const states = ['new', 'unchanged'] as const;
  return states.map((state) => ({
    name: `${controller}/${state}`,
    controller,
    state,
    body: () => inState(call(), state),
  }));
}

function inState(call: Call, state: State): Buffer {
  if (state === 'new') {
    return bodyOf(call);
  }
  const unchanged = settled(call);
  switch (state) {
    case 'unchanged':
      return bodyOf(unchanged);
    case 'changed':
      return bodyOf({ ...unchanged, related: withOneChanged(unchanged.related) });
    case 'shuffled':
      return toBytes(withShuffledKeys(requestOf(unchanged), randomFrom(SEED)));
  }
}

/** The first agent has another address. It is one of those that have room in a gateway that is full. */
function withOneChanged(related: readonly KubernetesObject[]): readonly KubernetesObject[] {
  const first = related.findIndex(({ kind }) => kind === 'Agent');
  return related.map((object, index) => (index === first ? moved(object) : object));
}

function moved(object: KubernetesObject): KubernetesObject {
  const { name, namespace } = object.metadata;
  const { status } = agent(`${namespace}/${name}-v2`);
  return { ...object, status };
}
