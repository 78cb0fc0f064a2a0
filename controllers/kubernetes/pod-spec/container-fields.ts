import { type Field, flag, integer, keptText, list, object, text, texts, wholeList } from './field.ts';
import { whyNoName, whyNoPort, whyNoPortName } from './field-rules.ts';
import { lifecycle, readinessProbe, restartingProbe } from './handler-fields.ts';
import { resourceRequirements } from './resource-fields.ts';
import { containerSecurity } from './security-fields.ts';
import { atMost, int32, oneOf, oneOfOrEmpty, unique } from './value-rules.ts';
import { envFromSource, envVar } from './variable-fields.ts';
import { volumeDevices, volumeMounts } from './volume-fields.ts';

const MOST_RESTART_RULES = 20;
const MOST_EXIT_CODES = 255;

const containerPort: Field = { ...integer(whyNoPort), omitsZero: true };
const hostPort: Field = { ...integer((port) => (port === 0 ? undefined : whyNoPort(port))), omitsZero: true };

// The keys of server-side apply. Strategic merge patches use only the number, so they merge TCP and UDP ports.
const ports: Field = {
  type: 'list',
  items: {
    mergeKeys: ['containerPort', 'protocol'],
    keyDefaults: { protocol: 'TCP' },
    item: object(
      {
        containerPort,
        hostIP: text(),
        hostPort,
        name: text(whyNoPortName),
        protocol: text(oneOfOrEmpty('TCP', 'UDP', 'SCTP')),
      },
      { required: ['containerPort'] },
    ),
  },
  whyRefused: unique('name'),
};

const resizePolicy = wholeList(
  object(
    { resourceName: text(oneOf('cpu', 'memory')), restartPolicy: text(oneOf('NotRequired', 'RestartContainer')) },
    { required: ['resourceName', 'restartPolicy'] },
  ),
  unique('resourceName'),
);

const exitCodes = object(
  { operator: text(oneOf('In', 'NotIn')), values: wholeList(integer(int32), atMost(MOST_EXIT_CODES)) },
  { required: ['operator'] },
);

const restartPolicyRules = wholeList(
  object({ action: text(oneOf('Restart', 'RestartAllContainers')), exitCodes }, { required: ['action', 'exitCodes'] }),
  atMost(MOST_RESTART_RULES),
);

const containerFields = {
  args: texts,
  command: texts,
  env: list(['name'], envVar),
  envFrom: wholeList(envFromSource),
  image: text(),
  imagePullPolicy: text(oneOfOrEmpty('Always', 'IfNotPresent', 'Never')),
  lifecycle,
  livenessProbe: restartingProbe,
  name: text(whyNoName),
  ports,
  readinessProbe,
  resizePolicy,
  resources: resourceRequirements,
  restartPolicy: keptText(oneOf('Always', 'OnFailure', 'Never')),
  restartPolicyRules,
  securityContext: containerSecurity,
  startupProbe: restartingProbe,
  stdin: flag,
  stdinOnce: flag,
  terminationMessagePath: text(),
  terminationMessagePolicy: text(oneOfOrEmpty('File', 'FallbackToLogsOnError')),
  tty: flag,
  volumeDevices,
  volumeMounts,
  workingDir: text(),
};

/** A list of core/v1 Containers. */
export const containers = list(['name'], object(containerFields, { required: ['name', 'image'] }));
