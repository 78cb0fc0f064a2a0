/** The room route/ puts a gateway behind the Gateway of the settings: by an HTTPRoute for the host names in its annotation. */

import { quote } from '../../data/quote.ts';
import { SETTABLE } from '../../engine/own-annotations.ts';
import { ANY_HOSTNAME, isHostname, MOST_HOSTNAMES } from '../../kubernetes/values/hostname.ts';
import type { AgentGateway } from '../../resources/agentic-layer/agent-gateway.ts';

/** Where a gateway asks for a route, for messages. */
export const HOSTNAMES_FIELD = `metadata.annotations.${SETTABLE.hostnames.name}`;

/** The host names that a gateway asks for. */
export interface HostnamesReading {
  /** Those that can be used, each once, in the order of the annotation, or `*` alone; undefined if the gateway asks for no route. */
  readonly hostnames: readonly string[] | undefined;
  readonly complaints: readonly string[];
}

const EXPECTED =
  'expected DNS names in lower case, separated by commas, such as agents.example.com or *.example.com, or * for all';
/** An annotation has room for thousands of names. */
const MOST_NAMED = 10;

/** Reads the annotation. A name that is not valid costs only itself. */
export function readHostnames({ metadata }: AgentGateway): HostnamesReading {
  const written = metadata.annotations?.[SETTABLE.hostnames.name];
  if (written === undefined) {
    return { hostnames: undefined, complaints: [] };
  }
  const names = new Set(written.split(',').map((name) => name.trim()));
  names.delete('');
  const hasAll = names.delete(ANY_HOSTNAME);
  const valid = [...names].filter(isHostname);
  const complaints = [
    ...(names.size === 0 && !hasAll ? [`${quote(written)} has no host name; ${EXPECTED}`] : []),
    ...leftOut(
      [...names].filter((name) => !isHostname(name)),
      `not valid and left out; ${EXPECTED}`,
    ),
    ...(hasAll
      ? leftOut(valid, 'left out, because * already stands for all host names')
      : leftOut(valid.slice(MOST_HOSTNAMES), `left out; expected at most ${MOST_HOSTNAMES} host names`)),
  ];
  return {
    hostnames: hasAll ? [ANY_HOSTNAME] : valid.slice(0, MOST_HOSTNAMES),
    complaints: complaints.map((complaint) => `${HOSTNAMES_FIELD}: ${complaint}`),
  };
}

function leftOut(names: readonly string[], what: string): readonly string[] {
  const more = names.length > MOST_NAMED ? ` and ${names.length - MOST_NAMED} more` : '';
  const listed = names.slice(0, MOST_NAMED).map(quote).join(', ');
  return names.length === 0 ? [] : [`${listed}${more} ${names.length === 1 ? 'is' : 'are'} ${what}`];
}
