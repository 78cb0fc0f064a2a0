import type { DesiredObject } from '../../contract.ts';
import { hash } from '../../data/hash.ts';
import { deploymentReading } from '../../kubernetes/kinds/deployment.ts';
import type { HttpRoute } from '../../kubernetes/kinds/http-route.ts';
import { mapKey } from '../../reading.ts';
import { Type, Value } from '../../typebox.ts';
import type { Observed } from '../observed.ts';
import type { Pace } from '../rollout/pace.ts';
import { configMap, EMPTY_SINCE_ANNOTATION, emptySince } from './config-map.ts';
import { deployment, KRAKEND_HASH_ANNOTATION, type PodInput, podTemplate, SPEC_HASH_ANNOTATION } from './deployment.ts';
import { gatewayPolicy } from './network-policy.ts';
import { hasBudgetOfOthers, podDisruptionBudget } from './pod-disruption-budget.ts';
import { service } from './service.ts';

/** What a gateway is made of: the spec of its pods, their hash, its route, and the pace of its configuration. */
interface Parts {
  readonly pods: PodInput;
  readonly specHash: string;
  /** Whether the gateway has, or may get, more than one pod. */
  readonly isForMany: boolean;
  /** Undefined if it has none. */
  readonly route: HttpRoute | undefined;
  readonly pace: Pace;
}

/** What KrakenD runs from; an undefined part has no object. */
interface Running {
  readonly krakendJson: string | undefined;
  readonly template: object | undefined;
  readonly specHash: string | undefined;
}

/**
 * The children of a gateway: its Service, a budget if it has several pods, a route if it asks for one, a NetworkPolicy if access rules
 * say who may connect, and ConfigMap and Deployment either new or as they are observed.
 */
export function gatewayChildren(observed: Observed, parts: Parts): readonly [DesiredObject, ...DesiredObject[]] {
  const { pods, route, pace } = parts;
  const { krakendJson, template, specHash } = pace.hold === undefined ? latest(parts) : held(observed, parts);
  const annotations = pace.hold === 'Empty' ? emptyNote(observed) : {};
  return [
    service(pods),
    ...(parts.isForMany && !hasBudgetOfOthers(pods, observed.budgetsOfOthers) ? [podDisruptionBudget(pods)] : []),
    ...(krakendJson === undefined ? [] : [configMap(pods, krakendJson, annotations)]),
    ...(template === undefined ? [] : [deployment(pods, template, specHash)]),
    ...(route === undefined ? [] : [route]),
    ...gatewayPolicy(pods, observed.callers),
  ];
}

function latest({ pods, specHash, pace: { krakendJson, configHash } }: Parts): Running {
  return { krakendJson, template: templateWith(pods, configHash), specHash };
}

/**
 * ConfigMap and pod template as they are observed. If one of the two was deleted, it is created again from the other. A
 * gateway that is refused because of its guardrails gets no new pods.
 */
function held(observed: Observed, { pods, pace }: Parts): Running {
  const { krakendJson, deployment: running } = observed.serving;
  const template = observedTemplate(observed);
  const isMadeAgain = krakendJson !== undefined && pace.hold !== 'Guardrails';
  return {
    krakendJson: krakendJson ?? (template && pace.krakendJson),
    template: template ?? (isMadeAgain ? templateWith(pods, hash(krakendJson)) : undefined),
    specHash: running?.metadata.annotations?.[SPEC_HASH_ANNOTATION],
  };
}

function templateWith(pods: PodInput, configHash: string): object {
  return podTemplate({ ...pods, hashes: { ...pods.hashes, [KRAKEND_HASH_ANNOTATION]: configHash } }).template;
}

/** Since when all agents have been missing: the time that is noted already, or now. */
function emptyNote({ serving, now }: Observed): Readonly<Record<string, string>> {
  const noted = serving.configMap?.metadata.annotations?.[EMPTY_SINCE_ANNOTATION];
  const since = emptySince(serving.configMap) === undefined ? now : noted;
  return { [EMPTY_SINCE_ANNOTATION]: since ?? now };
}

const WithTemplate = Type.Object({ spec: Type.Object({ template: Type.Object({}) }) });

function observedTemplate({ children, gateway }: Observed): object | undefined {
  const found = children.find(
    (child) => mapKey(child) === mapKey(deploymentReading) && child.metadata.name === gateway.metadata.name,
  );
  return Value.Check(WithTemplate, found) ? found.spec.template : undefined;
}
