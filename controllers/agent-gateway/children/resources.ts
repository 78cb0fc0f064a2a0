import { quote } from '../../data/quote.ts';
import {
  CPU_ALLOWED,
  cpuQuantity,
  kibibytesOf,
  MEMORY_ALLOWED,
  memoryQuantity,
  millicpusOf,
} from '../../kubernetes/values/quantity.ts';
import type { Resources } from '../../settings.ts';

/** What a container asks for and may use. */
export interface ContainerResources {
  readonly requests: { readonly cpu: string; readonly memory: string };
  readonly limits: { readonly cpu: string; readonly memory: string };
}

export interface ResourcesReading {
  readonly resources: ContainerResources;
  readonly complaints: readonly string[];
}

/** Annotations of a gateway that win over the settings. */
const RESOURCE_ANNOTATIONS = {
  requestsCpu: 'agent-gateway-hooks/requests-cpu',
  requestsMemory: 'agent-gateway-hooks/requests-memory',
  limitsCpu: 'agent-gateway-hooks/limits-cpu',
  limitsMemory: 'agent-gateway-hooks/limits-memory',
} as const satisfies Record<keyof Resources, string>;

const MIB = 1024;

/**
 * The least memory limit by the number of agents, in steps, so that few agents more do not roll the pods. Idle, KrakenD was
 * measured at 39 MB with 500 agents, 56 MB with 1,000, 78 MB with 2,000 and 164 MB with 5,000.
 */
const MEMORY_STEPS = [
  { upTo: 500, kibibytes: 64 * MIB },
  { upTo: 1000, kibibytes: 128 * MIB },
  { upTo: 2000, kibibytes: 256 * MIB },
  { upTo: 5000, kibibytes: 512 * MIB },
];
const MOST_MEMORY = 1024 * MIB;

type Annotations = Readonly<Record<string, string>>;

/** The settings' quantities, or those of the gateway's annotations; memory grows with the agents unless it is annotated. */
export function containerResources(annotations: Annotations, settings: Resources, agents: number): ResourcesReading {
  const cpu = pair(read('requestsCpu', annotations, settings), read('limitsCpu', annotations, settings));
  const memory = pair(read('requestsMemory', annotations, settings), read('limitsMemory', annotations, settings));
  const step = MEMORY_STEPS.find(({ upTo }) => agents <= upTo)?.kibibytes ?? MOST_MEMORY;
  const isAnnotated = RESOURCE_ANNOTATIONS.limitsMemory in annotations;
  const limit = isAnnotated ? memory.limit : Math.max(memory.limit, step);
  return {
    resources: {
      requests: { cpu: cpuQuantity(cpu.request), memory: memoryQuantity(memory.request) },
      limits: { cpu: cpuQuantity(cpu.limit), memory: memoryQuantity(limit) },
    },
    complaints: [...cpu.complaints, ...memory.complaints],
  };
}

interface Quantity {
  readonly amount: number;
  readonly complaint: string | undefined;
}

function read(name: keyof Resources, annotations: Annotations, settings: Resources): Quantity {
  const isCpu = name.endsWith('Cpu');
  const amountOf = isCpu ? millicpusOf : kibibytesOf;
  const fallback = settings[name];
  const annotated = annotations[RESOURCE_ANNOTATIONS[name]];
  const amount = annotated === undefined ? undefined : amountOf(annotated);
  const isBad = annotated !== undefined && amount === undefined;
  return {
    amount: amount ?? amountOf(fallback) ?? 0,
    complaint: isBad
      ? `metadata.annotations.${RESOURCE_ANNOTATIONS[name]}: ${quote(annotated)} is refused, ${fallback} is used; allowed is ${isCpu ? CPU_ALLOWED : MEMORY_ALLOWED}`
      : undefined,
  };
}

/** A request above its limit would be a refused Deployment: the limit is raised to it. */
function pair(request: Quantity, limit: Quantity) {
  return {
    request: request.amount,
    limit: Math.max(request.amount, limit.amount),
    complaints: [request.complaint, limit.complaint].filter((complaint) => complaint !== undefined),
  };
}
