import { clean } from '../kubernetes/clean.ts';
import { quote } from '../quote.ts';
import type { AgentGateway, EnvFromSource, EnvVar } from '../resources/agentic-layer/agent-gateway.ts';

/** The container's environment, and what of `spec.env` and `spec.envFrom` is kept out of it, and why. */
export interface Environment {
  readonly env: readonly object[];
  readonly envFrom: readonly object[];
  readonly complaints: readonly string[];
}

/** Variables that would make KrakenD read another file, listen elsewhere, or not start. */
const REFUSED_NAMES = ['FC_OUT', 'FC_PARTIALS', 'FC_SETTINGS', 'FC_TEMPLATES', 'KRAKEND_PORT'];
/** The one writable folder of the container. */
const TEMPORARY_FOLDER = '/tmp';
/** As Kubernetes has it: printable ASCII without '='. */
const VARIABLE_NAME = /^[ -<>-~]+$/;
const SOURCES = ['configMapRef', 'secretRef'] as const;

/** `FC_ENABLE=1` first, then the user's variables, each name once: the last one wins, as it does in a pod. */
export function environment(spec: AgentGateway['spec']): Environment {
  const { env = [], envFrom = [] } = spec ?? {};
  const checked = env.map((variable) => ({ variable, why: whyRefused(variable) }));
  const checkedSources = envFrom.map((source) => ({ source, why: whySourceRefused(source) }));
  const sources = checkedSources.filter(({ why }) => why === undefined).map(({ source }) => withoutEmptyPrefix(source));
  // A ConfigMap or Secret could hold KRAKEND_PORT; a variable of its own name wins over it.
  const port = sources.length > 0 ? [{ name: 'KRAKEND_PORT', value: '8080' }] : [];
  const taken = checked.filter(({ why }) => why === undefined).map(({ variable }) => variable);
  return {
    env: lastOfEachName([{ name: 'FC_ENABLE', value: '1' }, ...port, ...taken]),
    envFrom: sources,
    complaints: [...checked, ...checkedSources].flatMap(({ why }) => why ?? []),
  };
}

function whyRefused(variable: EnvVar): string | undefined {
  const { name, value = '', valueFrom } = variable;
  if (!VARIABLE_NAME.test(name)) {
    return `spec.env: ${quote(name)} is no name of a variable`;
  }
  if (REFUSED_NAMES.includes(name)) {
    return `spec.env: ${name} is not for gateways to set`;
  }
  if (valueFrom !== undefined && (value !== '' || Object.keys(valueFrom).length !== 1)) {
    return `spec.env: ${quote(name)} must have either a value or one source`;
  }
  if (name === 'FC_ENABLE' && value === '' && valueFrom === undefined) {
    return 'spec.env: FC_ENABLE must not be empty';
  }
  return name === 'TMPDIR' && value !== TEMPORARY_FOLDER
    ? `spec.env: TMPDIR must be ${TEMPORARY_FOLDER}, the one folder that can be written`
    : undefined;
}

function whySourceRefused(source: EnvFromSource): string | undefined {
  const named = SOURCES.filter((kind) => source[kind] !== undefined);
  const [kind] = named;
  return named.length === 1 && kind !== undefined && source[kind]?.name
    ? undefined
    : 'spec.envFrom: each entry must name one ConfigMap or one Secret';
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
