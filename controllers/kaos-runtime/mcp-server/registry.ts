import { nearestName } from '../../data/nearest-name.ts';
import { isPlainObject, ownField, withoutNulls } from '../../data/plain-object.ts';
import { quote, shown } from '../../data/quote.ts';
import { readYaml } from '../../data/yaml.ts';
import type { ConfigMap } from '../../kubernetes/kinds/config-map.ts';
import { misfitTextOf } from '../../misfit.ts';
import type { Problem } from '../../problem.ts';
import { type Static, Type, Value } from '../../typebox.ts';
import type { RuntimeReason } from '../hold.ts';

/** The registry of runtimes: a ConfigMap in the system namespace, and its key. */
export const REGISTRY_NAME = 'kaos-mcp-runtimes';
export const REGISTRY_KEY = 'runtimes.yaml';
/** The runtime for an image of the user's own. It is not in the registry. */
export const CUSTOM_RUNTIME = 'custom';

const EXAMPLE = 'a map such as {runtimes: {python-string: {image: example/python-string:1.0}}}';
/** The chart makes it with the KAOS runtime, as KAOS's chart does. */
const ADD_REGISTRY = `install the chart there with kaosRuntime.enabled=true, which makes it from kaosRuntime.mcpRuntimes, or add it with the key ${REGISTRY_KEY} and ${EXAMPLE}`;

/** The fields of a registry entry that are read. */
const Runtime = Type.Object({
  image: Type.Optional(Type.String()),
  command: Type.Optional(Type.Array(Type.String())),
  args: Type.Optional(Type.Array(Type.String())),
  paramsEnvVar: Type.Optional(Type.String()),
  requiredEnv: Type.Optional(Type.Array(Type.String())),
});
export type Runtime = Static<typeof Runtime>;

/** The runtime of an MCPServer, or why it cannot be used. */
export type RuntimeLookup =
  | { readonly outcome: 'found'; readonly runtime: Runtime; readonly problems: readonly Problem[] }
  | { readonly outcome: 'refused'; readonly reason: RuntimeReason; readonly why: string };

/** Reads one entry of the registry. Other entries may be broken or repeated: they do not matter. */
export function readRuntime(name: string, registry: ConfigMap | undefined, namespace: string): RuntimeLookup {
  const place = `${namespace}/${REGISTRY_NAME}`;
  if (registry === undefined) {
    return noRegistry(
      `failed to get runtime registry ConfigMap: ConfigMap "${REGISTRY_NAME}" not found in the namespace ${namespace}; ${ADD_REGISTRY}`,
    );
  }
  const text = registry.data?.[REGISTRY_KEY];
  if (text === undefined) {
    return noRegistry(`${REGISTRY_KEY} not found in ConfigMap ${place}; add this key, with ${EXAMPLE}`);
  }
  const reading = readYaml(text);
  if (reading.outcome === 'refused') {
    return noRegistry(`failed to parse ${REGISTRY_KEY} of ConfigMap ${place}: ${reading.why}`);
  }
  const runtimes = isPlainObject(reading.value) ? reading.value['runtimes'] : undefined;
  const known = isPlainObject(runtimes) ? runtimes : {};
  const entry = ownField(known, name);
  if (entry === undefined) {
    return refused(
      'UnknownRuntime',
      `unknown runtime: ${shown(name)} (not found in registry); ${insteadOf(name, Object.keys(known), place)}`,
    );
  }
  const runtime = withoutNulls(entry ?? {});
  return Value.Check(Runtime, runtime)
    ? {
        outcome: 'found',
        runtime: withFlagsAsArgs(runtime),
        problems: reading.repeated.map((why) => repeated(registry, why)),
      }
    : refused(
        'InvalidRuntime',
        `runtime ${quote(name)} of the registry: ${misfitTextOf(Runtime, runtime, 'the entry')}`,
      );
}

const MOST_NAMED = 10;

/** What to write instead of a runtime that is not in the registry. */
function insteadOf(name: string, known: readonly string[], place: string): string {
  const near = nearestName(name, known);
  if (near !== undefined) {
    return `did you mean ${quote(near)}?`;
  }
  const names = known.slice(0, MOST_NAMED).map(quote).join(', ');
  return `ConfigMap ${place} has ${names || 'none'}; add it there, or set spec.runtime to "${CUSTOM_RUNTIME}" with spec.container.image`;
}

function noRegistry(why: string): RuntimeLookup {
  return refused('NoRuntimeRegistry', `failed to get runtime registry: ${why}`);
}

function refused(reason: RuntimeReason, why: string): RuntimeLookup {
  return { outcome: 'refused', reason, why };
}

function repeated({ metadata }: ConfigMap, why: string): Problem {
  const about = `ConfigMap ${metadata.namespace}/${metadata.name}`;
  return { reason: 'RuntimeProblem', about, message: `${REGISTRY_KEY}: ${why}; the last one is used` };
}

/** A command that begins with a dash is not a program, so it becomes arguments. KAOS's chart has one (defect D12). */
function withFlagsAsArgs(runtime: Runtime): Runtime {
  const { command = [], args = [], ...others } = runtime;
  return command[0]?.startsWith('-') ? { ...others, args: [...command, ...args] } : runtime;
}
