import { quote } from '../../data/quote.ts';
import { clean } from '../../kubernetes/objects/clean.ts';
import { isObjectName } from '../../kubernetes/values/names.ts';
import type { AgentGateway, EnvFromSource, EnvVar } from '../../resources/agentic-layer/agent-gateway.ts';

/** The container's environment, and what of `spec.env` and `spec.envFrom` is kept out of it, and why. */
export interface Environment {
  readonly env: readonly object[];
  readonly envFrom: readonly object[];
  readonly complaints: readonly string[];
}

/** Variables that would make KrakenD read another file, listen elsewhere, or not start. It takes settings in any case. */
const REFUSED_NAMES = /^(FC_OUT|FC_PARTIALS|FC_SETTINGS|FC_TEMPLATES|KRAKEND_[Pp][Oo][Rr][Tt])$/;
/** The one writable folder of the container. */
const TEMPORARY_FOLDER = '/tmp';
/** As every version of Kubernetes takes it. */
const VARIABLE_NAME = /^[-._A-Za-z][-._A-Za-z0-9]*$/;
/** A key in a ConfigMap or Secret. */
const KEY = /^[-._A-Za-z0-9]{1,253}$/;
/** What the downward API knows of a pod, with a key where there are many. */
const FIELD_PATH =
  /^(metadata\.(name|namespace|uid|(labels|annotations)\['[^']+'\])|spec\.(nodeName|serviceAccountName)|status\.(hostIPs?|podIPs?))$/;
const RESOURCE = /^(limits|requests)\.(cpu|memory|ephemeral-storage)$/;
const SOURCES = ['configMapRef', 'secretRef'] as const;

/** `FC_ENABLE=1` first, then the user's variables, each name once: the last one wins, as it does in a pod. */
export function environment(spec: AgentGateway['spec']): Environment {
  const { env = [], envFrom = [] } = spec ?? {};
  const checked = env.map((variable) => ({ variable, why: whyRefused(variable) }));
  const checkedSources = envFrom.map((source) => ({ source, why: whySourceRefused(source) }));
  const sources = checkedSources.filter(({ why }) => why === undefined).map(({ source }) => withoutEmptyPrefix(source));
  // A ConfigMap or Secret could hold KRAKEND_PORT or TMPDIR; variables of their own names win over it.
  const port = sources.length > 0 ? [{ name: 'KRAKEND_PORT', value: '8080' }] : [];
  const folder = sources.length > 0 ? [{ name: 'TMPDIR', value: TEMPORARY_FOLDER }] : [];
  const taken = checked.filter(({ why }) => why === undefined).map(({ variable }) => variable);
  return {
    env: lastOfEachName([{ name: 'FC_ENABLE', value: '1' }, ...port, ...folder, ...taken]),
    envFrom: sources,
    complaints: [...checked, ...checkedSources].flatMap(({ why }) => why ?? []),
  };
}

function whyRefused(variable: EnvVar): string | undefined {
  const { name, value = '', valueFrom } = variable;
  if (!VARIABLE_NAME.test(name)) {
    return `spec.env: ${quote(name)} is no name of a variable`;
  }
  if (REFUSED_NAMES.test(name)) {
    return `spec.env: ${name} is not for gateways to set`;
  }
  if (valueFrom !== undefined && (value !== '' || !isSource(valueFrom))) {
    return `spec.env: ${quote(name)} must have either a value or one source that Kubernetes takes`;
  }
  if (name === 'FC_ENABLE' && value === '' && valueFrom === undefined) {
    return 'spec.env: FC_ENABLE must not be empty';
  }
  return name === 'TMPDIR' && value !== TEMPORARY_FOLDER
    ? `spec.env: TMPDIR must be ${TEMPORARY_FOLDER}, the one folder that can be written`
    : undefined;
}

/** Exactly one source, of a kind that goes with this pod: it has no other volumes to read files from. */
function isSource(valueFrom: NonNullable<EnvVar['valueFrom']>): boolean {
  const { configMapKeyRef, secretKeyRef, fieldRef, resourceFieldRef } = valueFrom;
  const isOne = Object.values(valueFrom).filter((source) => source !== undefined && source !== null).length === 1;
  const isRef = [configMapKeyRef, secretKeyRef].some(
    (ref) => ref !== undefined && isObjectName(ref.name ?? '') && KEY.test(ref.key),
  );
  const isField = FIELD_PATH.test(fieldRef?.fieldPath ?? '') || RESOURCE.test(resourceFieldRef?.resource ?? '');
  return isOne && (isRef || isField);
}

function whySourceRefused(source: EnvFromSource): string | undefined {
  const named = SOURCES.filter((kind) => source[kind] !== undefined);
  const [kind] = named;
  const isNamed = kind !== undefined && named.length === 1 && isObjectName(source[kind]?.name ?? '');
  const hasPrefix = !source.prefix || VARIABLE_NAME.test(source.prefix);
  return isNamed && hasPrefix ? undefined : 'spec.envFrom: each entry must name one ConfigMap or one Secret';
}

function withoutEmptyPrefix(source: EnvFromSource): object {
  const { prefix, ...rest } = source;
  return clean(prefix ? source : rest) as object;
}

function lastOfEachName(variables: readonly EnvVar[]): readonly object[] {
  const last = new Map(variables.map((variable, index) => [variable.name, index]));
  const kept = variables.filter(({ name }, index) => last.get(name) === index);
  return (clean({ env: kept }) as { env: readonly object[] }).env;
}
