import { quote } from '../../data/quote.ts';
import { SETTABLE } from '../../engine/own-annotations.ts';
import type { EnvVar } from '../../kubernetes/pod-spec/variables.ts';
import { limitedCpu, limitedMemory } from '../../kubernetes/values/limited-quantity.ts';
import { canonicalQuantity, thousandthsOf } from '../../kubernetes/values/quantity.ts';
import type { Resources } from '../../settings.ts';
import type { ServedAgent } from '../agents/exposed-agents.ts';
import { isListed } from '../krakend/guard.ts';

/** Requests and limits of a container, as canonical quantities. */
export interface ContainerResources {
  readonly requests: { readonly cpu: string; readonly memory: string };
  readonly limits: { readonly cpu: string; readonly memory: string };
}

export interface ResourcesReading {
  readonly resources: ContainerResources;
  /** Whether the memory limit grows with the number of agents: not if an annotation sets it. */
  readonly growsWithAgents: boolean;
  readonly complaints: readonly string[];
}

/**
 * The minimum memory limit for a number of agents. It grows in steps, so that a few more agents do not restart the pods. An
 * idle KrakenD takes some 20 MiB, and up to 0.2 MiB for each agent, mostly for the modifiers of its endpoints. The default of
 * the setting is more than the first step: see decisions 35 and 58.
 */
const MEMORY_STEPS = [
  { upTo: 200, memory: '64Mi' },
  { upTo: 300, memory: '128Mi' },
  { upTo: 1000, memory: '256Mi' },
  { upTo: 2000, memory: '512Mi' },
  { upTo: 5000, memory: '1Gi' },
  { upTo: 10_000, memory: '2Gi' },
  { upTo: 20_000, memory: '4Gi' },
];
/** The same for more agents than the last step. */
const MOST_MEMORY = '8Gi';

/** Above this share of the memory limit, KrakenD collects garbage rather than grow. The rest is for what Go does not count. */
const GO_PERCENT = 80n;

type Annotations = Readonly<Record<string, string>>;

/** Requests and limits of the gateway's container: from its annotations (`SETTABLE`), else from the settings. */
export function containerResources(annotations: Annotations, settings: Resources): ResourcesReading {
  const cpu = pair(read('requestsCpu', annotations, settings), read('limitsCpu', annotations, settings));
  const memory = pair(read('requestsMemory', annotations, settings), read('limitsMemory', annotations, settings));
  return {
    resources: {
      requests: { cpu: canonicalQuantity(cpu.request), memory: canonicalQuantity(memory.request) },
      limits: { cpu: canonicalQuantity(cpu.limit), memory: canonicalQuantity(memory.limit) },
    },
    growsWithAgents: !(SETTABLE.limitsMemory.name in annotations),
    complaints: [...cpu.complaints, ...memory.complaints],
  };
}

/** Each endpoint that checks tokens keeps the keys of the issuer on its own: so many agents without a token need as much. */
const TOKEN_WEIGHT = 4;

/** The same with the memory limit that these agents need. */
export function resourcesFor(
  { resources, growsWithAgents }: ResourcesReading,
  agents: readonly Pick<ServedAgent, 'guard'>[],
): ContainerResources {
  const { requests, limits } = resources;
  const weight = agents.reduce((sum, { guard }) => sum + (isListed(guard) ? 1 : TOKEN_WEIGHT), 0);
  const step = MEMORY_STEPS.find(({ upTo }) => weight <= upTo)?.memory ?? MOST_MEMORY;
  return growsWithAgents ? { requests, limits: { ...limits, memory: larger(limits.memory, step) } } : resources;
}

/** The variable that tells KrakenD, a Go program, how much memory it may use: https://go.dev/doc/gc-guide#Memory_limit */
export function memoryVariable({ limits }: ContainerResources): EnvVar {
  const bytes = (thousandthsOf(limits.memory) ?? 0n) / 1000n;
  return { name: 'GOMEMLIMIT', value: String((bytes * GO_PERCENT) / 100n) };
}

interface Quantity {
  readonly amount: string;
  readonly complaint: string | undefined;
}

function read(name: keyof Resources, annotations: Annotations, settings: Resources): Quantity {
  const { pattern, allowed } = name.endsWith('Cpu') ? limitedCpu : limitedMemory;
  const annotation = SETTABLE[name].name;
  const annotated = annotations[annotation];
  const fallback = settings[name];
  if (annotated === undefined || new RegExp(pattern).test(annotated)) {
    return { amount: annotated ?? fallback, complaint: undefined };
  }
  const field = `metadata.annotations.${annotation}`;
  const complaint = `${field}: ${quote(annotated)} is not valid, so ${fallback} is used; expected ${allowed}`;
  return { amount: fallback, complaint };
}

/** A request and its limit. A limit below the request is raised to it, because the API server would reject the Deployment. */
function pair(request: Quantity, limit: Quantity) {
  return {
    request: request.amount,
    limit: larger(limit.amount, request.amount),
    complaints: [request.complaint, limit.complaint].filter((complaint) => complaint !== undefined),
  };
}

function larger(one: string, other: string): string {
  return (thousandthsOf(one) ?? 0n) < (thousandthsOf(other) ?? 0n) ? other : one;
}
