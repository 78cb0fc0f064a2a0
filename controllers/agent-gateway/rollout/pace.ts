import { byteLength } from '../../data/size.ts';
import { secondsOf } from '../../kubernetes/values/time.ts';
import type { AgentGatewaySettings } from '../../settings.ts';
import type { ServedAgent } from '../agents/exposed-agents.ts';
import { emptySince } from '../children/config-map.ts';
import { filesHash, type KrakendFiles, krakendFiles } from '../krakend/krakend-files.ts';
import type { Observed } from '../observed.ts';
import type { GatewaySpec } from '../spec.ts';
import { type Admission, admission, admissionOfAll } from './admission.ts';
import { withdrawnFrom } from './agent-changes.ts';
import { formFor, percentOf, type Room, roomFor } from './room.ts';
import { firstTrue, situationOf } from './situation.ts';

/** What goes out now. It is decided once; children, status and rows follow from it. */
export interface Pace {
  /** The agents of the configuration that would go out. */
  readonly admitted: readonly ServedAgent[];
  /** The agents for which the configuration has no room. */
  readonly excess: readonly ServedAgent[];
  readonly files: KrakendFiles;
  readonly configHash: string;
  readonly room: Room;
  /** What the admitted agents take of the room, in percent, rounded up. */
  readonly percentUsed: number;
  /** Why the observed configuration and pods are answered instead; undefined if this configuration goes out. */
  readonly hold: PaceHold | undefined;
  readonly resyncAfterSeconds: number | undefined;
}

export type PaceHold = 'Guardrails' | 'TooLarge' | 'Collecting' | 'Empty' | 'UnderWay';

/** How long a gateway that lost all of its agents at once keeps them. */
const EMPTY_SECONDS = 30;
/** Seconds until the next sync. Any other hold ends only when the gateway or the settings change. */
const RESYNC_SECONDS: { readonly [reason in PaceHold]?: number } = {
  Collecting: 2,
  Empty: EMPTY_SECONDS,
  UnderWay: 10,
};
const WAITING_RESYNC_SECONDS = 2;

/**
 * Decides which agents are in the next configuration and whether it goes out now. Changes of agents are collected, so that
 * many of them are few rollouts, and only one rollout is under way at a time. A change of the gateway itself goes out at
 * once, and so does an agent that must not be served any longer, unless a configuration was written a moment ago.
 */
export function paceOf(observed: Observed, spec: GatewaySpec, settings: AgentGatewaySettings): Pace {
  const withdrawn = withdrawnFrom(observed.agents, observed.serving);
  const { shuts, withdraws } = withdrawn;
  const situation = situationOf(observed, spec.specHash, withdrawn);
  const { shortPathNamespaces, cardsNameLongPath } = settings;
  const room = roomFor(spec.emptyConfig, settings);
  const bounds = { room, shortPathNamespaces, cardsNameLongPath };
  const due = outgoing(admission(observed, situation, bounds), spec, settings);
  const isUnseen = situation === 'damaged' && due.waiting > 0;
  const last = isUnseen ? lastAnswer(observed, outgoing(admissionOfAll(observed, bounds), spec, settings)) : undefined;
  const { admitted, excess, waiting, files, configHash } = last ?? due;
  const isChanged = configHash !== observed.serving.configHash || waiting > 0;
  // Whoever owns a gateway must not keep it as it is by asking for guardrails, nor many rules by their size, if that shuts an agent.
  const hold = firstTrue<PaceHold>([
    ['Guardrails', settings.guardrails === 'refuse' && wantsGuardrails(observed) && !shuts],
    ['TooLarge', byteLength(files.krakendJson) > settings.configLimitKiB * 1024 && !shuts],
    ['Collecting', situation === 'early'],
    ['Empty', situation === 'emptied' && isStillAwaited(observed)],
    ['UnderWay', situation === 'rolling' && isChanged],
  ]);
  return {
    admitted,
    excess,
    files,
    configHash,
    room,
    percentUsed: percentOf(admitted, room),
    hold,
    resyncAfterSeconds: resyncOf(hold, waiting, withdraws),
  };
}

/** Agents, and the files that serve them. */
interface Outgoing extends Admission {
  readonly files: KrakendFiles;
  readonly configHash: string;
}

function outgoing(
  admission: Admission,
  { choices, emptyConfig }: GatewaySpec,
  settings: AgentGatewaySettings,
): Outgoing {
  const { admitted } = admission;
  const files = krakendFiles(choices, admitted, formFor(admitted, emptyConfig, settings));
  return { ...admission, files, configHash: filesHash(files) };
}

/**
 * The configuration of the Deployment, if that is the one with all changes. The engine reads children from caches, each of its own age, so
 * a call right after an answer may have its Deployment and the ConfigMap from before it. An agent that was in that answer must stay in.
 */
function lastAnswer({ serving }: Observed, withAll: Outgoing): Outgoing | undefined {
  return withAll.configHash === serving.configHash ? withAll : undefined;
}

/** Syncs again soon while changes wait. */
function resyncOf(hold: PaceHold | undefined, waiting: number, withdraws: boolean): number | undefined {
  const soon = hold === undefined ? waiting > 0 : hold === 'UnderWay' && withdraws;
  const later = hold && RESYNC_SECONDS[hold];
  return soon ? WAITING_RESYNC_SECONDS : later;
}

/** Whether a gateway asks for guardrails, which KrakenD does not have. */
function wantsGuardrails({ gateway }: Observed): boolean {
  return (gateway.spec?.guardrails?.length ?? 0) > 0;
}

/** Whether to keep agents that all vanished at once: Metacontroller may not have read the cluster yet. */
function isStillAwaited({ serving, now }: Observed): boolean {
  const since = emptySince(serving.configMaps[0]);
  return since === undefined || (secondsOf(now) ?? 0) - since < EMPTY_SECONDS;
}
