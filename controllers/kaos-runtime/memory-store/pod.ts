import type { PlainObject } from '../../data/plain-object.ts';
import type { Settings } from '../../settings.ts';
import type { SpecComplaint } from '../complaint.ts';
import { commonPodFields, container, httpGet, podSecurity } from '../workload/container.ts';
import { claimName } from './children.ts';
import { DATA_PATH, memoryEnvironment } from './environment.ts';
import type { ObservedMemoryStore } from './observed.ts';
import { isLocal } from './storage.ts';

const VOLUME = 'data';

interface MemoryPod {
  readonly podSpec: PlainObject;
  /** Tells which of the user's variables are left out. */
  readonly complaints: readonly SpecComplaint[];
}

/** The pod of KAOS's memory service. */
export function memoryPod(observed: ObservedMemoryStore, settings: Settings): MemoryPod {
  const { spec, naming } = observed;
  const { images, resources } = settings.kaosRuntime;
  const { env, complaints } = memoryEnvironment(observed, settings);
  const port = naming.servicePort;
  const times = { timeoutSeconds: 5, failureThreshold: 3 };
  const parts = {
    name: 'memory',
    image: images.memoryService,
    env,
    port,
    probes: {
      liveness: { ...times, handler: httpGet('/healthz', port), initialDelaySeconds: 10, periodSeconds: 15 },
      readiness: { ...times, handler: httpGet('/readyz', port), initialDelaySeconds: 5, periodSeconds: 10 },
    },
    ...(isLocal(spec) && { volumeMounts: [{ name: VOLUME, mountPath: DATA_PATH }] }),
  };
  return { podSpec: podSpec(observed, container(parts, { override: spec.container, resources })), complaints };
}

function podSpec({ spec, naming }: ObservedMemoryStore, memory: PlainObject): PlainObject {
  const claim = { name: VOLUME, persistentVolumeClaim: { claimName: claimName(naming.serviceName) } };
  return {
    ...commonPodFields,
    automountServiceAccountToken: false,
    // The user of KAOS's image is not known.
    securityContext: podSecurity,
    containers: [memory],
    ...(isLocal(spec) && { volumes: [claim] }),
  };
}
