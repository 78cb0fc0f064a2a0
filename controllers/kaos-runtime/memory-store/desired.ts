import type { DesiredObject } from '../../contract.ts';
import { shown } from '../../data/quote.ts';
import { thousandthsOf } from '../../kubernetes/values/quantity.ts';
import type { ModelApiDependency } from '../../resources/kaos/dependency.ts';
import type { Settings } from '../../settings.ts';
import type { SpecComplaint } from '../complaint.ts';
import { unreachableMessages } from '../gateway/unreachable.ts';
import { type Check, failed, type Hold, refNotFound, waiting } from '../hold.ts';
import { type Desired, settle } from '../settle.ts';
import { imageNotSet, mergedPod, planOf, service } from '../workload/workload.ts';
import { budget } from './budget.ts';
import { claimSize, newClaim, SIZE_FIELD, sizeComplaints } from './claim.ts';
import type { ObservedMemoryStore } from './observed.ts';
import { memoryPod } from './pod.ts';
import { isLocal, replicasOf } from './storage.ts';

const PURPOSES = ['summarization', 'embedding'] as const;

/** Runs a MemoryStore if the ModelAPIs of both its models exist and are ready. */
export function desire(observed: ObservedMemoryStore, settings: Settings): Desired {
  const { spec, naming } = observed;
  const { podSpec, complaints } = memoryPod(observed, settings);
  const plan = planOf(observed, mergedPod(observed, { podSpec }, settings.kaosRuntime), {
    children: [service(observed, naming.servicePort), ...claims(observed), ...budget(observed)],
    complaints: [...complaints, ...specComplaints(observed)],
    checks: specChecks(observed),
    replicas: replicasOf(spec),
    noImageMessage: imageNotSet('DEFAULT_MEMORY_SERVICE_IMAGE'),
  });
  const checks = spec.models === undefined ? [] : PURPOSES.flatMap((purpose) => modelChecks(observed, purpose));
  const called = [...new Set(PURPOSES.flatMap((purpose) => observed[purpose] ?? []))];
  const unreachable = unreachableMessages(observed, { called, throughGateway: false }, settings);
  return settle(observed, { plan, checks, unresolved: unresolved(observed), unreachable }, settings);
}

/** The present claim stays, also if the storage is external now: whoever moves the memories deletes it afterwards. */
function claims(observed: ObservedMemoryStore): readonly DesiredObject[] {
  if (observed.claim !== undefined) {
    return [observed.claim];
  }
  return isLocal(observed.spec) ? [newClaim(observed)] : [];
}

/** Checks what the CRD demands, for clusters with another one and for use without a cluster. */
function specChecks({ spec }: ObservedMemoryStore): readonly Check[] {
  const { storage, models } = spec;
  const size = claimSize(spec);
  const bytes = thousandthsOf(size);
  return [
    storage === undefined && failed('IncompleteSpec', 'spec.storage.type is not set; expected local or external'),
    models === undefined &&
      failed(
        'IncompleteSpec',
        'spec.models is not set; expected summarization and embedding, each with modelAPI and model',
      ),
    storage?.type === 'external' &&
      !hasConnection(storage.external) &&
      failed(
        'IncompleteSpec',
        'spec.storage.external.connectionSecretRef is not set; expected the name and the key of a Secret with the connection string',
      ),
    isLocal(spec) &&
      (bytes === undefined || bytes <= 0n) &&
      failed('IncompleteSpec', `${SIZE_FIELD}: "${shown(size)}" is not valid; expected a size such as 5Gi`),
  ];
}

type External = NonNullable<ObservedMemoryStore['spec']['storage']>['external'];

function hasConnection(external: External): boolean {
  return Boolean(external?.connectionSecretRef?.name && external.connectionSecretRef.key);
}

type Purpose = (typeof PURPOSES)[number];

function modelChecks(observed: ObservedMemoryStore, purpose: Purpose): readonly Check[] {
  const modelApi = observed[purpose];
  return [
    modelApi === undefined && pending(refNotFound(notFound(observed, purpose))),
    !isReady(modelApi) && pending(waiting(`${modelApiOf(observed, purpose)} is not ready`)),
  ];
}

function isReady(modelApi: ModelApiDependency | undefined): boolean {
  return modelApi?.status?.ready === true;
}

/** KAOS's MemoryStores have no phase Waiting. */
function pending(hold: Hold): Hold {
  return { ...hold, phase: 'Pending' };
}

function unresolved(observed: ObservedMemoryStore): readonly string[] {
  return PURPOSES.filter((purpose) => observed.spec.models !== undefined && observed[purpose] === undefined).map(
    (purpose) => notFound(observed, purpose),
  );
}

/** In the words of the KAOS operator. */
function notFound(observed: ObservedMemoryStore, purpose: Purpose): string {
  return `${modelApiOf(observed, purpose)} not found`;
}

function modelApiOf({ spec }: ObservedMemoryStore, purpose: Purpose): string {
  return `${purpose} ModelAPI "${shown(spec.models?.[purpose].modelAPI ?? '')}"`;
}

function specComplaints({ spec, presentClaim }: ObservedMemoryStore): readonly SpecComplaint[] {
  return [
    ...(isLocal(spec) ? sizeComplaints(spec, presentClaim) : []),
    ...replicasComplaints(spec),
    ...oneModelApiComplaints(spec),
  ];
}

function replicasComplaints(spec: ObservedMemoryStore['spec']): readonly SpecComplaint[] {
  const { replicas = 1 } = spec;
  return isLocal(spec) && replicas !== 1
    ? [
        {
          reason: 'NoEffect',
          message: `spec.replicas: ${replicas} is not used, because several pods cannot share local storage; remove the field, or use external storage`,
        },
      ]
    : [];
}

/** KAOS's memory service has one address for both models. */
function oneModelApiComplaints({ models }: ObservedMemoryStore['spec']): readonly SpecComplaint[] {
  const [one, other] = [models?.summarization.modelAPI ?? '', models?.embedding.modelAPI ?? ''].map(shown);
  return one === other
    ? []
    : [
        {
          reason: 'NoEffect',
          message: `spec.models.embedding.modelAPI: "${other}" is only waited for, because KAOS's memory service calls both models at one address, that of "${one}"; name "${one}" here too, and let it offer both models`,
        },
      ];
}
