/** The room gateway/ finds the addresses of KAOS resources, and whether the Gateway accepts their routes. */

import type { GatewayEntry } from '../../kubernetes/kinds/gateway.ts';
import type { Naming } from '../../resources/kaos/naming.ts';
import type { Settings } from '../../settings.ts';
import { externalBase, internalBase } from './gateway-base.ts';

/** A resource that others call, at its Service or at its path of the Gateway. */
export interface CallTarget {
  readonly name: string;
  readonly namespace: string;
  readonly naming: Pick<Naming, 'serviceName' | 'servicePort' | 'pathType'>;
}

/** The URL of the Service. It follows from names alone, so it is known before the Service exists. */
export function serviceAddress({ namespace, naming }: CallTarget, { kaosRuntime }: Settings): string {
  const { serviceName, servicePort } = naming;
  return `http://${serviceName}.${namespace}.svc.${kaosRuntime.clusterDomain}:${servicePort}`;
}

/** The URL at the Gateway for callers outside the cluster, if the Gateway API is on and the Gateway's address is known. */
export function gatewayAddress(
  target: CallTarget,
  gateway: GatewayEntry | undefined,
  settings: Settings,
): string | undefined {
  const base = settings.kaosRuntime.gatewayAddress ?? externalBase(gateway, settings);
  return settings.gatewayApi.enabled && base !== undefined ? atGateway(base, target) : undefined;
}

/**
 * The Gateway's base URL for calls inside the cluster; undefined if calls go to Services. `current` is the base URL that the
 * present pods use.
 */
export function chosenBase(
  gateway: GatewayEntry | undefined,
  current: string | undefined,
  settings: Settings,
): string | undefined {
  const { gatewayApi, kaosRuntime } = settings;
  return gatewayApi.enabled && kaosRuntime.internalRouting
    ? (kaosRuntime.gatewayAddress ?? internalBase(gateway, current, settings))
    : undefined;
}

/** The URL at which an agent calls a resource: at the Gateway if there is a base URL, else at the Service. */
export function callAddress(target: CallTarget, base: string | undefined, settings: Settings): string {
  return base === undefined ? serviceAddress(target, settings) : atGateway(base, target);
}

function atGateway(base: string, { namespace, naming, name }: CallTarget): string {
  return `${base}/${namespace}/${naming.pathType}/${name}`;
}
