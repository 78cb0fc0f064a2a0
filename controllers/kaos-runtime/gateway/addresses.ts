/** The room gateway/ finds the addresses at which KAOS resources are reached, and what the Gateway says of their routes. */

import type { Gateway } from '../../kubernetes/kinds/gateway.ts';
import type { Naming } from '../../resources/kaos/naming.ts';
import type { Settings } from '../../settings.ts';
import { externalBase, internalBase } from './gateway-base.ts';

/** Something that is reached: a resource's own Service, and its path at the Gateway. */
export interface Reached {
  readonly name: string;
  readonly namespace: string;
  readonly naming: Pick<Naming, 'serviceName' | 'servicePort' | 'pathType'>;
}

/** The Service's own address. It follows from the names, so nobody waits for it. */
export function serviceAddress({ namespace, naming }: Reached, { kaosRuntime }: Settings): string {
  const { serviceName, servicePort } = naming;
  return `http://${serviceName}.${namespace}.svc.${kaosRuntime.clusterDomain}:${servicePort}`;
}

/** The address at the Gateway for those outside; undefined while there is none, or nobody knows it. */
export function gatewayAddress(reached: Reached, gateway: Gateway | undefined, settings: Settings): string | undefined {
  const base = settings.kaosRuntime.gatewayAddress ?? externalBase(gateway, settings);
  return settings.gatewayApi.enabled && base !== undefined ? atGateway(base, reached) : undefined;
}

/** Where calls inside the cluster go: to the Gateway, up to the path, or, where it is undefined, to the Services. */
export function chosenBase(
  gateway: Gateway | undefined,
  current: string | undefined,
  settings: Settings,
): string | undefined {
  const { gatewayApi, kaosRuntime } = settings;
  return gatewayApi.enabled && kaosRuntime.internalRouting
    ? (kaosRuntime.gatewayAddress ?? internalBase(gateway, current, settings))
    : undefined;
}

/** The address that agents are given. */
export function callAddress(reached: Reached, base: string | undefined, settings: Settings): string {
  return base === undefined ? serviceAddress(reached, settings) : atGateway(base, reached);
}

function atGateway(base: string, { namespace, naming, name }: Reached): string {
  return `${base}/${namespace}/${naming.pathType}/${name}`;
}
