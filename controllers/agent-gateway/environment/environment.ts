import { quote } from '../../data/quote.ts';
import {
  type Entry,
  type EnvFromSource,
  type EnvVar,
  readVariableSources,
  readVariables,
} from '../../kubernetes/pod-spec/variables.ts';
import type { AgentGateway } from '../../resources/agentic-layer/agent-gateway.ts';

/** The container's environment, and what of `spec.env` and `spec.envFrom` is kept out of it, and why. */
export interface Environment {
  readonly env: readonly EnvVar[];
  readonly envFrom: readonly EnvFromSource[];
  readonly complaints: readonly string[];
}

/** Variables that would make KrakenD read another file, listen elsewhere, or not start. It takes settings in any case. */
const RESERVED_NAMES = /^(FC_OUT|FC_PARTIALS|FC_SETTINGS|FC_TEMPLATES|KRAKEND_[Pp][Oo][Rr][Tt])$/;
/** The one writable folder of the container. */
const TEMPORARY_FOLDER = '/tmp';
/** What Kubernetes takes before 1.34, too. */
const PORTABLE_NAME = /^(?!\.$|\.\.)[-._A-Za-z][-._A-Za-z0-9]*$/;
const PORTABLE_ALLOWED = "only letters, digits, '-', '_' and '.', and must not begin with a digit or '..'";

/**
 * `FC_ENABLE=1` first, then the user's variables, each name once: the last one wins, as it does in a pod. What Kubernetes
 * does not take is left out, and so is what does not go with these pods.
 */
export function environment(spec: AgentGateway['spec']): Environment {
  const variables = checked(readVariables(spec?.env ?? [], 'spec.env'), whyVariableRefused);
  const sources = checked(readVariableSources(spec?.envFrom ?? [], 'spec.envFrom'), whySourceRefused);
  // A ConfigMap or Secret could hold KRAKEND_PORT or TMPDIR; variables of their own names win over it.
  const port = sources.taken.length > 0 ? [{ name: 'KRAKEND_PORT', value: '8080' }] : [];
  const folder = sources.taken.length > 0 ? [{ name: 'TMPDIR', value: TEMPORARY_FOLDER }] : [];
  return {
    env: lastOfEachName([{ name: 'FC_ENABLE', value: '1' }, ...port, ...folder, ...variables.taken]),
    envFrom: sources.taken,
    complaints: [...variables.complaints, ...sources.complaints],
  };
}

/** The entries that Kubernetes takes and that nothing here is against; `why` begins with a field of the entry. */
function checked<Value>(entries: readonly Entry<Value>[], why: (value: Value) => string | undefined) {
  const read = entries.map(({ path, value, problems }) => ({
    value,
    whys: value === undefined ? problems.map(toldOf) : [why(value)].flatMap((each) => (each ? `${path}.${each}` : [])),
  }));
  return {
    taken: read.flatMap(({ value, whys }) => (value === undefined || whys.length > 0 ? [] : value)),
    complaints: read.flatMap(({ whys }) => whys),
  };
}

function toldOf({ field, message }: { readonly field: string; readonly message: string }): string {
  return `${field}: ${message}`;
}

function whyVariableRefused({ name, value, valueFrom }: EnvVar): string | undefined {
  if (!PORTABLE_NAME.test(name)) {
    return `name: ${quote(name)} must have ${PORTABLE_ALLOWED}`;
  }
  if (RESERVED_NAMES.test(name)) {
    return `name: ${quote(name)} is reserved`;
  }
  if (valueFrom?.fileKeyRef !== undefined) {
    return 'valueFrom.fileKeyRef: must not be there, because the pods have no volume of yours';
  }
  if (name === 'FC_ENABLE' && value === undefined && valueFrom === undefined) {
    return 'value: must not be empty for FC_ENABLE';
  }
  return name === 'TMPDIR' && value !== TEMPORARY_FOLDER
    ? `value: must be ${TEMPORARY_FOLDER} for TMPDIR, the one folder that can be written`
    : undefined;
}

function whySourceRefused({ prefix }: EnvFromSource): string | undefined {
  return prefix === undefined || PORTABLE_NAME.test(prefix)
    ? undefined
    : `prefix: ${quote(prefix)} must have ${PORTABLE_ALLOWED}`;
}

function lastOfEachName(variables: readonly EnvVar[]): readonly EnvVar[] {
  const last = new Map(variables.map((variable, index) => [variable.name, index]));
  return variables.filter(({ name }, index) => last.get(name) === index);
}
