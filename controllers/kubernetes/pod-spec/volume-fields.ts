import { isPlainObject, type PlainObject } from '../../data/plain-object.ts';
import { thousandthsOf } from '../values/quantity.ts';
import { claimTemplate } from './claim-fields.ts';
import {
  boolean,
  type Conflict,
  type Field,
  type Fields,
  flag,
  integer,
  keptText,
  list,
  object,
  quantity,
  text,
  textMap,
  texts,
} from './field.ts';
import { whyNoDriver, whyNoName, whyNoObjectName } from './field-rules.ts';
import { oldVolumeSources } from './old-volume-fields.ts';
import { whyBackstep, whyNotAbsolute, whyNotDescending } from './path-rules.ts';
import { keyPaths, mode, podFiles, projected } from './projection-fields.ts';
import { all, needsOneOf, notValid, oneOf, oneOfOrEmpty, whyEmpty, within } from './value-rules.ts';

const HOST_PATH_TYPES = [
  '',
  'BlockDevice',
  'CharDevice',
  'Directory',
  'DirectoryOrCreate',
  'File',
  'FileOrCreate',
  'Socket',
];
const INITIATOR = /^(.*iqn\.\d{4}-\d{2}\.[-A-Za-z0-9.]+:[^,;*&$|\s]+|eui.[A-Za-z0-9]{16}|naa.[A-Za-z0-9]{32})$/;
const whyNoInitiator = (name: string) =>
  INITIATOR.test(name) && /^(iqn|eui|naa)/.test(name)
    ? undefined
    : notValid(name, 'an iSCSI name such as iqn.2001-04.com.example:storage');

const lun = within(0, 255);
const secretRef = object({ name: text() });

const size: Field = {
  ...quantity,
  whyRefused: (amount) => ((thousandthsOf(amount) ?? 0n) < 0n ? 'must not be negative' : undefined),
};

const csi = object(
  {
    driver: text(whyNoDriver),
    fsType: keptText(() => undefined),
    nodePublishSecretRef: object({ name: text(whyNoObjectName) }, { required: ['name'] }),
    readOnly: boolean,
    volumeAttributes: textMap,
  },
  { required: ['driver'] },
);

const fc = object(
  {
    fsType: text(),
    lun: integer(lun),
    readOnly: flag,
    targetWWNs: texts,
    wwids: texts,
  },
  { whyRefused: whyNoFibreChannel },
);

function whyNoFibreChannel(value: unknown): string | undefined {
  const { lun, targetWWNs, wwids } = isPlainObject(value) ? value : {};
  const [targets, ids] = [targetWWNs, wwids].map((list) => Array.isArray(list) && list.length > 0);
  if (targets === ids) {
    return 'must have either targetWWNs or wwids';
  }
  return targets && lun === undefined ? 'has no lun' : undefined;
}

const iscsi = object(
  {
    chapAuthDiscovery: flag,
    chapAuthSession: flag,
    fsType: text(),
    initiatorName: keptText(whyNoInitiator),
    iqn: text(whyNoInitiator),
    iscsiInterface: text(),
    lun: integer(lun),
    portals: texts,
    readOnly: flag,
    secretRef,
    targetPortal: text(whyEmpty),
  },
  { required: ['iqn', 'lun', 'targetPortal'], conflicts: iscsiConflicts },
);

function iscsiConflicts({ chapAuthDiscovery, chapAuthSession, secretRef }: PlainObject): readonly Conflict[] {
  const flags = { chapAuthDiscovery, chapAuthSession };
  return Object.entries(flags)
    .filter(([, isOn]) => isOn === true && secretRef === undefined)
    .map(([name]) => ({ path: [name], why: 'needs a secretRef' }));
}

const sources: Fields = {
  ...oldVolumeSources,
  configMap: object(
    { defaultMode: mode, items: keyPaths, name: text(whyEmpty), optional: boolean },
    { required: ['name'] },
  ),
  csi,
  downwardAPI: object({ defaultMode: mode, items: podFiles }),
  emptyDir: object({ medium: text(), sizeLimit: size }),
  ephemeral: object({ volumeClaimTemplate: claimTemplate }, { required: ['volumeClaimTemplate'] }),
  fc,
  hostPath: object(
    { path: text(all(whyEmpty, whyBackstep)), type: keptText(oneOf(...HOST_PATH_TYPES)) },
    { required: ['path'] },
  ),
  image: object({ pullPolicy: text(oneOfOrEmpty('Always', 'IfNotPresent', 'Never')), reference: text() }),
  iscsi,
  nfs: object({ path: text(whyNotAbsolute), readOnly: flag, server: text(whyEmpty) }, { required: ['server', 'path'] }),
  persistentVolumeClaim: object({ claimName: text(whyEmpty), readOnly: flag }, { required: ['claimName'] }),
  projected,
  secret: object(
    { defaultMode: mode, items: keyPaths, optional: boolean, secretName: text(whyEmpty) },
    { required: ['secretName'] },
  ),
};

const allButName = (field: string) => field !== 'name';

/** A list of objects with a name and one of several sources. */
function named(sources: Fields, more: Partial<Field> = {}): Field {
  const item = object(
    { name: text(whyNoName), ...sources },
    { required: ['name'], isAlternative: allButName, ...more },
  );
  return list(['name'], item);
}

/** A list of core/v1 Volumes. A volume without a source is an empty folder. */
export const volumes = named(sources);

/** A list of core/v1 PodResourceClaims. */
export const resourceClaims = named(
  { resourceClaimName: keptText(whyNoObjectName), resourceClaimTemplateName: keptText(whyNoObjectName) },
  { whyRefused: needsOneOf(['resourceClaimName', 'resourceClaimTemplateName']) },
);

const mountPath = text(whyEmpty);

/** core/v1 VolumeMounts of a container. */
export const volumeMounts = list(
  ['mountPath'],
  object(
    {
      mountPath,
      mountPropagation: keptText(oneOf('Bidirectional', 'HostToContainer', 'None')),
      name: text(),
      readOnly: flag,
      recursiveReadOnly: keptText(oneOf('Disabled', 'Enabled', 'IfPossible')),
      subPath: text(whyNotDescending),
      subPathExpr: text(whyNotDescending),
    },
    { required: ['name'], conflicts: mountConflicts },
  ),
);

function mountConflicts(mount: PlainObject): readonly Conflict[] {
  const { mountPropagation = 'None', readOnly, recursiveReadOnly = 'Disabled', subPath, subPathExpr } = mount;
  const isRecursive = recursiveReadOnly !== 'Disabled';
  return [
    ...(subPath && subPathExpr ? [{ path: ['subPathExpr'], why: 'is not allowed beside subPath' }] : []),
    ...(isRecursive && (readOnly !== true || mountPropagation !== 'None')
      ? [{ path: ['recursiveReadOnly'], why: 'needs readOnly: true and no mountPropagation' }]
      : []),
  ];
}

/** core/v1 VolumeDevices of a container. */
export const volumeDevices = list(
  ['devicePath'],
  object({ devicePath: text(all(whyEmpty, whyBackstep)), name: text(whyEmpty) }, { required: ['name'] }),
);
