import type { PlainObject } from '../../data/plain-object.ts';
import type { Settings } from '../../settings.ts';
import type { SpecComplaint } from '../complaint.ts';
import { commonPodFields, container, httpGet, podSecurity } from '../workload/container.ts';
import { listeningPort } from '../workload/listening-port.ts';
import { agentEnvironment } from './agent-environment.ts';
import { identity } from './identity.ts';
import type { ObservedAgent } from './observed.ts';

const CONTAINER = 'agent';
/** The user of KAOS's agent image. The image gives it by name, and `runAsNonRoot` needs a number. */
const USER = 65_532;

interface AgentPod {
  readonly podSpec: PlainObject;
  /** Where the agent listens. */
  readonly port: number;
  /** Tells which of the user's variables are left out. */
  readonly complaints: readonly SpecComplaint[];
  /** Tells of a port to which no call comes. */
  readonly remarks: readonly SpecComplaint[];
}

/** An Agent's pod. It meets the `restricted` Pod Security Standard. */
export function agentPod(observed: ObservedAgent, settings: Settings): AgentPod {
  const { env, complaints } = agentEnvironment(observed, settings);
  const { port, complaints: remarks } = listeningPort(observed, CONTAINER);
  const { images, resources } = settings.kaosRuntime;
  const { podFields, volumeMounts } = identity(observed, settings.kaosRuntime);
  const agent = container(
    {
      name: CONTAINER,
      image: images.agent,
      env,
      port,
      volumeMounts,
      probes: {
        liveness: {
          handler: httpGet('/health', port),
          timeoutSeconds: 3,
          initialDelaySeconds: 5,
          periodSeconds: 10,
          failureThreshold: 3,
        },
        readiness: {
          handler: httpGet('/ready', port),
          timeoutSeconds: 3,
          initialDelaySeconds: 3,
          periodSeconds: 5,
          failureThreshold: 2,
        },
      },
    },
    { override: observed.spec.container, resources },
  );
  return { podSpec: { ...podSpec(agent), ...podFields }, port, complaints, remarks };
}

function podSpec(agent: PlainObject): PlainObject {
  return {
    ...commonPodFields,
    automountServiceAccountToken: false,
    securityContext: { ...podSecurity, runAsNonRoot: true, runAsUser: USER },
    containers: [agent],
  };
}
