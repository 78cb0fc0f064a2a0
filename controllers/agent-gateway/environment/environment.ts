import { quote } from '../../data/quote.ts';
import {
  type Entry,
  type EnvFromSource,
  type EnvVar,
  readVariableSources,
  readVariables,
} from '../../kubernetes/pod-spec/variables.ts';
import type { AgentGateway } from '../../resources/agentic-layer/agent-gateway.ts';
import { KRAKEND_PORT } from '../krakend/krakend-config.ts';

/** The container's environment, and a message for each entry of `spec.env` and `spec.envFrom` that is left out. */
export interface GatewayEnvironment {
  readonly env: readonly EnvVar[];
  readonly envFrom: readonly EnvFromSource[];
  readonly complaints: readonly string[];
}

/** Variables that would make KrakenD read another file, listen on another port, or fail to start. It ignores the case of PORT. */
const FILE_NAMES = ['FC_OUT', 'FC_PARTIALS', 'FC_SETTINGS', 'FC_TEMPLATES'];
const RESERVED_NAMES = new RegExp(`^(${FILE_NAMES.join('|')}|KRAKEND_[Pp][Oo][Rr][Tt])$`);
/** The only writable directory of the container. */
const TEMPORARY_DIRECTORY = '/tmp';
/** Variable names that Kubernetes before 1.34 also accepts. */
const PORTABLE_NAME = /^(?!\.$|\.\.)[-._A-Za-z][-._A-Za-z0-9]*$/;
const PORTABLE_EXPECTED = "expected only letters, digits, '-', '_' and '.', and no digit or '..' at the beginning";

/**
 * `FC_ENABLE=1`, then the user's variables. If a name occurs twice, the last variable wins, as in a pod. Entries that
 * Kubernetes would reject, or that these pods do not support, are left out with a complaint.
 */
export function gatewayEnvironment(spec: AgentGateway['spec']): GatewayEnvironment {
  const variables = checked(readVariables(spec?.env ?? [], 'spec.env'), whyVariableRefused);
  const sources = checked(readVariableSources(spec?.envFrom ?? [], 'spec.envFrom'), whySourceRefused);
  // A ConfigMap or Secret could set each of these. Variables in env override those in envFrom; an empty one counts as not set.
  const pinned = [
    { name: 'KRAKEND_PORT', value: String(KRAKEND_PORT) },
    { name: 'TMPDIR', value: TEMPORARY_DIRECTORY },
    ...FILE_NAMES.map((name) => ({ name })),
  ];
  const ours = sources.kept.length > 0 ? pinned : [];
  return {
    env: lastOfEachName([{ name: 'FC_ENABLE', value: '1' }, ...ours, ...variables.kept]),
    envFrom: sources.kept,
    complaints: [...variables.complaints, ...sources.complaints],
  };
}

/** The valid entries for which `why` has no objection. An objection begins with the field of the entry. */
function checked<Value>(entries: readonly Entry<Value>[], why: (value: Value) => string | undefined) {
  const read = entries.map(({ path, value, problems }) => ({
    value,
    whys: value === undefined ? problems.map(textOf) : [why(value)].flatMap((each) => (each ? `${path}.${each}` : [])),
  }));
  return {
    kept: read.flatMap(({ value, whys }) => (value === undefined || whys.length > 0 ? [] : value)),
    complaints: read.flatMap(({ whys }) => whys),
  };
}

function textOf({ field, message }: { readonly field: string; readonly message: string }): string {
  return `${field}: ${message}`;
}

function whyVariableRefused({ name, value, valueFrom }: EnvVar): string | undefined {
  if (!PORTABLE_NAME.test(name)) {
    return `name: ${quote(name)} is not valid; ${PORTABLE_EXPECTED}`;
  }
  if (RESERVED_NAMES.test(name)) {
    return `name: ${quote(name)} is reserved`;
  }
  if (valueFrom?.fileKeyRef !== undefined) {
    return 'valueFrom.fileKeyRef: is not supported, because gateway pods cannot have more volumes';
  }
  if (name === 'FC_ENABLE' && value === undefined && valueFrom === undefined) {
    return 'value: must not be empty for FC_ENABLE';
  }
  return name === 'TMPDIR' && value !== TEMPORARY_DIRECTORY
    ? `value: must be ${TEMPORARY_DIRECTORY} for TMPDIR, because no other directory is writable`
    : undefined;
}

function whySourceRefused({ prefix }: EnvFromSource): string | undefined {
  return prefix === undefined || PORTABLE_NAME.test(prefix)
    ? undefined
    : `prefix: ${quote(prefix)} is not valid; ${PORTABLE_EXPECTED}`;
}

function lastOfEachName(variables: readonly EnvVar[]): readonly EnvVar[] {
  const last = new Map(variables.map((variable, index) => [variable.name, index]));
  return variables.filter(({ name }, index) => last.get(name) === index);
}
