import type { DesiredObject } from '../../contract.ts';
import type { PlainObject } from '../../data/plain-object.ts';
import type { ChildName } from '../../engine/child-names.ts';
import { serviceAccountReading } from '../../kubernetes/kinds/service-account.ts';
import type { EnvVar } from '../../kubernetes/pod-spec/variables.ts';
import { kaosUri } from '../../resources/kaos/naming.ts';
import type { AgentIdentity, KaosRuntimeSettings } from '../../settings.ts';
import type { Observed } from '../observed.ts';
import { literal } from '../workload/environment.ts';

const VOLUME = 'agent-auth-token';
const FOLDER = '/var/run/secrets/kaos-agent';
const FILE = 'token';
/** The API server's default for the files of a volume, in octal 0644. */
const MODE = 0o644;

type Agent = Pick<Observed, 'kind' | 'name' | 'namespace'>;

function accountName(name: string): string {
  return `kaos-agent-${name}`;
}

function accountLabels(name: string): Readonly<Record<string, string>> {
  return { 'kaos.tools/agent': name };
}

/** The child that gives an Agent its identity; empty if Agents have none. */
export function accountChild(name: string, { agentIdentity: { provider } }: KaosRuntimeSettings): readonly ChildName[] {
  return provider === 'none'
    ? []
    : [{ reading: serviceAccountReading, name: accountName(name), labels: accountLabels(name) }];
}

interface DesiredServiceAccount extends DesiredObject {
  readonly automountServiceAccountToken: false;
}

/** What KAOS's provider `serviceaccount` gives to an Agent: an account of its own, whose token says to the Gateway who calls. */
interface Identity {
  readonly children: readonly DesiredServiceAccount[];
  /** The account of the pod, which every policy permits. */
  readonly account: string | undefined;
  readonly podFields: PlainObject;
  readonly volumeMounts: readonly PlainObject[];
  readonly env: readonly EnvVar[];
}

const NO_IDENTITY: Identity = { children: [], account: undefined, podFields: {}, volumeMounts: [], env: [] };

/** An Agent's identity; with nothing in it if Agents have none. */
export function identity(agent: Agent, { agentIdentity: settings }: KaosRuntimeSettings): Identity {
  if (settings.provider === 'none') {
    return NO_IDENTITY;
  }
  const account = accountName(agent.name);
  return {
    children: [serviceAccount(agent)],
    account,
    podFields: { serviceAccountName: account, volumes: [tokenVolume(settings)] },
    volumeMounts: [{ name: VOLUME, mountPath: FOLDER, readOnly: true }],
    env: [literal('AGENT_AUTH_IDENTITY', kaosUri(agent)), literal('AGENT_AUTH_TOKEN_FILE', `${FOLDER}/${FILE}`)],
  };
}

/** The account has no rights, and no pod gets its other token, that of the API server. */
function serviceAccount({ name, namespace }: Agent): DesiredServiceAccount {
  return {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name: accountName(name), namespace, labels: accountLabels(name) },
    automountServiceAccountToken: false,
  };
}

/** A volume with a token for the Gateway, which the kubelet renews. */
function tokenVolume({ audience, expirationSeconds }: Exclude<AgentIdentity, { provider: 'none' }>): PlainObject {
  const serviceAccountToken = { audience, expirationSeconds, path: FILE };
  return { name: VOLUME, projected: { defaultMode: MODE, sources: [{ serviceAccountToken }] } };
}
