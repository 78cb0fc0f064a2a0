import { containers } from './container-fields.ts';
import { anyText, boolean, type Field, flag, integer, keptText, list, object, text, wholeList } from './field.ts';
import { whyNoAccountName, whyNoName, whyNoNameIfAny, whyNoObjectName, whyNotQualified } from './field-rules.ts';
import { whyNoAddress, whyNoSearch, whyTooLongSearches } from './network-rules.ts';
import { overhead, podResources } from './resource-fields.ts';
import { affinity, tolerations, topologySpreadConstraints } from './scheduling-fields.ts';
import { podSecurity } from './security-fields.ts';
import { labels } from './selector-fields.ts';
import {
  atMost,
  forbidden,
  int32,
  oneOf,
  oneOfOrEmpty,
  only,
  unlessEmpty,
  whyEmpty,
  whyNoItems,
} from './value-rules.ts';
import { resourceClaims, volumes } from './volume-fields.ts';

const MOST_NAMESERVERS = 3;
const LONGEST_HOSTNAME = 64;

const dnsConfig = object({
  nameservers: wholeList(keptText(whyNoAddress), atMost(MOST_NAMESERVERS)),
  options: wholeList(object({ name: text(whyEmpty), value: anyText }, { required: ['name'] })),
  searches: wholeList(keptText(whyNoSearch), whyTooLongSearches),
});

const whyNoHostname = (name: string) =>
  name.length > LONGEST_HOSTNAME
    ? `has ${name.length} characters; expected at most ${LONGEST_HOSTNAME}`
    : whyNoObjectName(name);

const label = text(unlessEmpty(whyNoName));
const schedulingGates: Field = list(['name'], object({ name: text(whyNotQualified) }));

/**
 * core/v1 PodSpec: all its fields, with merge keys (`x-kubernetes-patch-merge-key` in
 * https://github.com/kubernetes/kubernetes/blob/master/api/openapi-spec/swagger.json), their types, and the rules of the API
 * server's validation for pods of a Deployment
 * (https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/core/validation/validation.go). Rules across containers and
 * volumes are in `pod-conflicts.ts` and `pod-references.ts`.
 */
export const podSpecField = object(
  {
    activeDeadlineSeconds: integer(forbidden),
    affinity,
    automountServiceAccountToken: boolean,
    containers: { ...containers, whyRefused: whyNoItems },
    dnsConfig,
    dnsPolicy: text(oneOfOrEmpty('ClusterFirst', 'ClusterFirstWithHostNet', 'Default', 'None')),
    enableServiceLinks: boolean,
    ephemeralContainers: { type: 'list', whyRefused: forbidden },
    hostAliases: list(
      ['ip'],
      object({ hostnames: wholeList(keptText(whyNoObjectName)), ip: text(whyNoAddress) }, { required: ['ip'] }),
    ),
    hostIPC: flag,
    hostNetwork: flag,
    hostPID: flag,
    hostUsers: boolean,
    hostname: label,
    hostnameOverride: keptText(whyNoHostname),
    imagePullSecrets: list(['name'], object({ name: text() })),
    initContainers: containers,
    nodeName: text(whyNoNameIfAny),
    nodeSelector: labels,
    os: object({ name: text(oneOf('linux', 'windows')) }, { required: ['name'] }),
    overhead,
    preemptionPolicy: keptText(oneOf('Never', 'PreemptLowerPriority')),
    priority: integer(int32),
    priorityClassName: text(whyNoNameIfAny),
    readinessGates: wholeList(object({ conditionType: text(whyNotQualified) }, { required: ['conditionType'] })),
    resourceClaims,
    resources: podResources,
    restartPolicy: text(only('Always')),
    runtimeClassName: keptText(whyNoObjectName),
    schedulerName: text(),
    schedulingGates,
    schedulingGroup: object({ podGroupName: keptText(whyNoObjectName) }, { required: ['podGroupName'] }),
    securityContext: podSecurity,
    serviceAccount: text(whyNoAccountName),
    serviceAccountName: text(whyNoAccountName),
    setHostnameAsFQDN: boolean,
    shareProcessNamespace: boolean,
    subdomain: label,
    terminationGracePeriodSeconds: integer(),
    tolerations,
    topologySpreadConstraints,
    volumes,
  },
  { required: ['containers'] },
);
