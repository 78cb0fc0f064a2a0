import type { DesiredObject } from '../contract.ts';
import { configMapReading } from '../kubernetes/kinds/config-map.ts';
import { deploymentReading } from '../kubernetes/kinds/deployment.ts';
import { networkPolicyReading } from '../kubernetes/kinds/network-policy.ts';
import { ANY_HOSTNAME } from '../kubernetes/values/hostname.ts';
import { CARD_PATH } from '../resources/agentic-layer/agent-address.ts';
import { type Static, Type, Value } from '../typebox.ts';
import { isClosed } from './agents/agent-access.ts';
import { filesInUse } from './children/config-files.ts';
import type { Desired } from './desired.ts';
import { guardText, isListed } from './krakend/guard.ts';
import { CARD_PATTERN } from './krakend/krakend-config.ts';
import { agentsIn, endpointsIn, type KrakendFiles } from './krakend/krakend-files.ts';
import type { Observed } from './observed.ts';

export const columns = ['GATEWAY', 'ENDPOINT', 'METHOD', 'AGENT', 'ACCESS', 'BACKEND'] as const;

/** Each endpoint of the answered configuration with its agent and backend, then the addresses at the Gateway, and the agents that are left out. */
export function rows(observed: Observed, desired: Desired): readonly (readonly string[])[] {
  const { gateway } = observed;
  const name = `${gateway.metadata.namespace}/${gateway.metadata.name}`;
  const children: readonly DesiredObject[] = desired.outcome === 'none' ? [] : desired.children;
  const files = filesOf(gateway.metadata.name, children);
  const reason = desired.outcome === 'desired' ? desired.hold : desired.reason;
  const left = desired.outcome === 'desired' ? desired.leftOut : [];
  return [
    ...(files === undefined ? [[name, `none (${reason})`, '', '', '', '']] : []),
    ...(files === undefined ? [] : endpointRows(files, children)).map((row) => [name, ...row]),
    ...children.filter((child) => Value.Check(Route, child)).flatMap((route) => addressRows(name, route)),
    ...left.map(({ id, why }) => [name, 'none', '', id, '', why]),
    ...closedRows(observed, desired).map((row) => [name, ...row]),
  ];
}

/** The files that the answered pods read. A gateway that is kept may have no pods. */
function filesOf(gatewayName: string, children: readonly DesiredObject[]): KrakendFiles | undefined {
  const deployment = children.find((child) => deploymentReading.fits(child));
  const configMaps = children.filter((child) => configMapReading.fits(child));
  return filesInUse(gatewayName, deploymentReading.fits(deployment) ? deployment : undefined, configMaps).files;
}

const Route = Type.Object({
  kind: Type.Literal('HTTPRoute'),
  spec: Type.Object({
    hostnames: Type.Optional(Type.Array(Type.String())),
    rules: Type.Tuple([
      Type.Object({ backendRefs: Type.Tuple([Type.Object({ name: Type.String(), port: Type.Integer() })]) }),
    ]),
  }),
});

/** One row for each host name: calls to all its paths go to the gateway. */
function addressRows(gateway: string, { spec }: Static<typeof Route>): readonly (readonly string[])[] {
  const [{ backendRefs }] = spec.rules;
  const [{ name, port }] = backendRefs;
  return (spec.hostnames ?? [ANY_HOSTNAME]).map((hostname) => [
    gateway,
    `${hostname}/`,
    'any',
    'all',
    'by agent',
    `${name}:${port}`,
  ]);
}

function endpointRows(files: KrakendFiles, children: readonly DesiredObject[]): readonly (readonly string[])[] {
  const agents = agentsIn(files) ?? [];
  const idOf = idsByPath(agents.map(({ id }) => id));
  const limitsCallers = children.some(({ kind }) => kind === networkPolicyReading.kind);
  const whose = agents.every(({ guard }) => isListed(guard)) ? 'all' : 'without jwt';
  const served = endpointsIn(files).map(({ endpoint, method, guard, backend: [{ host, url_pattern }] }) => [
    endpoint.replace(CARD_PATTERN, CARD_PATH),
    method,
    idOf.get(endpoint.slice(1).replace(CARD_PATTERN, '')) ?? '',
    guardText(guard, { limitsCallers }),
    `${host[0]}${url_pattern}`,
  ]);
  return [
    ...served,
    ['/models', 'GET', whose, guardText(undefined, { limitsCallers }), 'plugin openai-a2a'],
    ['/chat/completions', 'POST', 'by model', 'by model', 'plugin openai-a2a'],
  ];
}

/** The agents of a gateway of ours that nobody may call. */
function closedRows({ agents }: Observed, { outcome }: Desired): readonly (readonly string[])[] {
  return agents.flatMap(({ id, access }) =>
    outcome === 'desired' && isClosed(access) ? [['none', '', id, access.outcome, access.why]] : [],
  );
}

/** The agent of each path: a long path is its id, and a short path is for the only agent of that name. */
function idsByPath(ids: readonly string[]): ReadonlyMap<string, string> {
  const byName = ids.toReversed().map((id) => [id.slice(id.indexOf('/') + 1), id] as const);
  return new Map([...byName, ...ids.map((id) => [id, id] as const)]);
}
