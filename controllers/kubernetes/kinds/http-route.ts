import { defineReading } from '../../reading.ts';
import { Type } from '../../typebox.ts';
import { ObjectMetadata } from './metadata.ts';

/** An HTTPRoute with one backend, as written here: https://gateway-api.sigs.k8s.io/reference/spec/#httproute */
export interface HttpRoute {
  readonly apiVersion: 'gateway.networking.k8s.io/v1';
  readonly kind: 'HTTPRoute';
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec: {
    readonly parentRefs: readonly [GatewayParentRef];
    readonly hostnames?: readonly string[];
    readonly rules: readonly [HttpRouteRule, ...HttpRouteRule[]];
  };
}

export interface GatewayParentRef {
  readonly group: 'gateway.networking.k8s.io';
  readonly kind: 'Gateway';
  readonly name: string;
  readonly namespace: string;
  readonly sectionName?: string;
}

export interface HttpRouteRule {
  readonly matches: readonly [HttpRouteMatch, ...HttpRouteMatch[]];
  readonly filters?: readonly HttpRouteFilter[];
  /** A rule without a backend is closed: the gateway answers 500. */
  readonly backendRefs?: readonly [ServiceBackendRef];
  readonly timeouts?: { readonly request: string };
}

interface HttpRouteMatch {
  readonly path: { readonly type: 'PathPrefix' | 'Exact'; readonly value: string };
  /** All methods, if it is missing. */
  readonly method?: 'POST' | 'OPTIONS';
}

export type HttpRouteFilter =
  | {
      readonly type: 'RequestHeaderModifier';
      readonly requestHeaderModifier: { readonly set: readonly { readonly name: string; readonly value: string }[] };
    }
  | CorsFilter
  | {
      readonly type: 'URLRewrite';
      readonly urlRewrite: { readonly path: PathRewrite };
    };

/** https://gateway-api.sigs.k8s.io/reference/spec/#httpcorsfilter */
export interface CorsFilter {
  readonly type: 'CORS';
  readonly cors: {
    readonly allowOrigins: readonly string[];
    readonly allowMethods: readonly string[];
    readonly allowHeaders?: readonly string[];
    readonly exposeHeaders?: readonly string[];
    readonly allowCredentials?: true;
    /** Seconds. */
    readonly maxAge: number;
  };
}

/** The new path of a call: its prefix, or all of it, is replaced. */
export type PathRewrite =
  | { readonly type: 'ReplacePrefixMatch'; readonly replacePrefixMatch: string }
  | { readonly type: 'ReplaceFullPath'; readonly replaceFullPath: string };

export interface ServiceBackendRef {
  readonly group: '';
  readonly kind: 'Service';
  readonly name: string;
  readonly port: number;
  readonly weight: number;
}

/** The fields of an observed HTTPRoute that are read: only its identity. */
export const httpRouteReading = defineReading(
  { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute', resource: 'httproutes', namespaced: true },
  Type.Object({
    apiVersion: Type.Literal('gateway.networking.k8s.io/v1'),
    kind: Type.Literal('HTTPRoute'),
    metadata: ObjectMetadata,
  }),
);
