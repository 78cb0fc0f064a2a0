import type { DesiredObject } from '../../contract.ts';
import { deploymentReading } from '../../kubernetes/kinds/deployment.ts';
import type { HttpRoute } from '../../kubernetes/kinds/http-route.ts';
import { isComplete } from '../../kubernetes/objects/deployment-rollout.ts';
import { mapKey } from '../../reading.ts';
import { Type, Value } from '../../typebox.ts';
import { filesHash, type KrakendFiles } from '../krakend/krakend-files.ts';
import type { Observed } from '../observed.ts';
import type { Pace } from '../rollout/pace.ts';
import { type ConfigFiles, configFiles } from './config-files.ts';
import { acceptedConfigMaps, configMaps, EMPTY_SINCE_ANNOTATION, emptySince, olderConfigMaps } from './config-map.ts';
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
  readonly files: KrakendFiles | undefined;
  readonly template: object | undefined;
  readonly specHash: string | undefined;
}

/**
 * The children of a gateway: its Service, a budget if it has several pods, a route if it asks for one, a NetworkPolicy if access rules
 * say who may connect, and ConfigMap and Deployment either new or as they are observed.
 */
export function gatewayChildren(observed: Observed, parts: Parts): readonly [DesiredObject, ...DesiredObject[]] {
  const { pods, route, pace } = parts;
  const running = pace.hold === undefined ? latest(parts) : held(observed, parts);
  return [
    service(pods),
    ...(parts.isForMany && !hasBudgetOfOthers(pods, observed.budgetsOfOthers) ? [podDisruptionBudget(pods)] : []),
    ...configuredPods(observed, parts, running),
    ...(route === undefined ? [] : [route]),
    ...gatewayPolicy(pods, observed.callers),
  ];
}

/** The ConfigMaps and the Deployment that reads them. What pods may still need stays, whatever is missing. */
function configuredPods(
  observed: Observed,
  { pods, pace }: Parts,
  { files, template, specHash }: Running,
): readonly DesiredObject[] {
  const config = files && configFiles(pods, files);
  const annotations = pace.hold === 'Empty' ? emptyNote(observed) : {};
  return [
    ...(config === undefined ? [] : acceptedConfigMaps(configMaps(pods, config, annotations), observed)),
    ...(isRolledOut(observed, pace) ? [] : olderConfigMaps(observed, config ?? [], pace.room)),
    ...(template === undefined ? [] : [deployment({ ...pods, config: config ?? pods.config }, template, specHash)]),
  ];
}

/** Whether all pods read the latest configuration, so that nothing needs an older one. */
function isRolledOut({ serving: { deployment: running, configHash } }: Observed, pace: Pace): boolean {
  return pace.hold === undefined && configHash === pace.configHash && running !== undefined && isComplete(running);
}

function latest({ pods, specHash, pace: { files } }: Parts): Running {
  return { files, template: templateWith(pods, files), specHash };
}

/**
 * ConfigMap and pod template as they are observed. If one of the two was deleted, it is created again from the other. A
 * gateway that is refused because of its guardrails gets no new pods.
 */
function held(observed: Observed, parts: Parts): Running {
  const { pods, pace } = parts;
  const { files, deployment: running } = observed.serving;
  const template = observedTemplate(observed);
  if (template && isLost(observed, configFiles(pods, pace.files))) {
    return latest(parts);
  }
  const isMadeAgain = files !== undefined && pace.hold !== 'Guardrails';
  return {
    files: files ?? (template && pace.files),
    template: template ?? (isMadeAgain ? templateWith(pods, files) : undefined),
    specHash: running?.metadata.annotations?.[SPEC_HASH_ANNOTATION],
  };
}

/** Whether pods name a settings file that nobody can make again, because agents have changed since: they could not start again. */
function isLost({ serving }: Observed, config: ConfigFiles): boolean {
  const present = new Set(serving.configMaps.map(({ metadata }) => metadata.name));
  return serving.named.some((name) => !present.has(name) && !config.some(({ configMap }) => configMap === name));
}

function templateWith(pods: PodInput, files: KrakendFiles): object {
  const hashes = { ...pods.hashes, [KRAKEND_HASH_ANNOTATION]: filesHash(files) };
  return podTemplate({ ...pods, hashes, config: configFiles(pods, files) }).template;
}

/** Since when all agents have been missing: the time that is noted already, or now. */
function emptyNote({ serving, now }: Observed): Readonly<Record<string, string>> {
  const [first] = serving.configMaps;
  const noted = first?.metadata.annotations?.[EMPTY_SINCE_ANNOTATION];
  const since = emptySince(first) === undefined ? now : noted;
  return { [EMPTY_SINCE_ANNOTATION]: since ?? now };
}

const WithTemplate = Type.Object({ spec: Type.Object({ template: Type.Object({}) }) });

function observedTemplate({ children, gateway }: Observed): object | undefined {
  const found = children.find(
    (child) => mapKey(child) === mapKey(deploymentReading) && child.metadata.name === gateway.metadata.name,
  );
  return Value.Check(WithTemplate, found) ? found.spec.template : undefined;
}
