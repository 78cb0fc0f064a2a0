import { isPlainObject, type PlainObject } from '../../data/plain-object.ts';
import { isQualifiedName } from '../values/names.ts';
import { thousandthsOf } from '../values/quantity.ts';
import {
  anyText,
  type Conflict,
  type Field,
  integer,
  keptText,
  map,
  object,
  quantity,
  text,
  wholeList,
} from './field.ts';
import { whyNoObjectName } from './field-rules.ts';
import { labelSelector, labels } from './selector-fields.ts';
import { notValid, oneOf, unlessEmpty, whyEmpty, whyNoItems } from './value-rules.ts';

const ACCESS_MODES = ['ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOncePod'];

const className = keptText(unlessEmpty(whyNoObjectName));
const sizes = map(quantity);

const accessModes = wholeList(keptText(oneOf(...ACCESS_MODES)), (modes) => whyNoItems(modes) ?? whyMixed(modes));

function whyMixed(modes: unknown): string | undefined {
  const all: readonly unknown[] = Array.isArray(modes) ? modes : [];
  return all.includes('ReadWriteOncePod') && all.some((mode) => mode !== 'ReadWriteOncePod')
    ? 'has ReadWriteOncePod, which must be the only access mode'
    : undefined;
}

function source(more: Readonly<Record<string, Field>>): Field {
  return object(
    { apiGroup: keptText(unlessEmpty(whyNoObjectName)), kind: text(whyEmpty), name: text(whyEmpty), ...more },
    { required: ['kind', 'name'], whyRefused: whyNoSource },
  );
}

function whyNoSource(value: unknown): string | undefined {
  const { apiGroup, kind } = isPlainObject(value) ? value : {};
  return !apiGroup && kind !== 'PersistentVolumeClaim'
    ? 'has no apiGroup, so its kind must be PersistentVolumeClaim'
    : undefined;
}

const claimSpec = object(
  {
    accessModes,
    dataSource: source({}),
    dataSourceRef: source({ namespace: anyText }),
    resources: object({ limits: sizes, requests: sizes }),
    selector: labelSelector,
    storageClassName: className,
    volumeAttributesClassName: className,
    volumeMode: keptText(oneOf('Block', 'Filesystem')),
    volumeName: text(),
  },
  { required: ['accessModes'], whyRefused: whyNoSize, conflicts: sourceConflicts },
);

function whyNoSize(spec: unknown): string | undefined {
  const { resources } = isPlainObject(spec) ? spec : {};
  const { requests } = isPlainObject(resources) ? resources : {};
  const size = isPlainObject(requests) ? requests['storage'] : undefined;
  return (thousandthsOf(size) ?? 0n) > 0n ? undefined : 'has no resources.requests.storage above zero, such as 10Gi';
}

function sourceConflicts({ dataSource, dataSourceRef }: PlainObject): readonly Conflict[] {
  return dataSource !== undefined && dataSourceRef !== undefined
    ? [{ path: ['dataSource'], why: 'is not needed beside dataSourceRef' }]
    : [];
}

const whyNoAnnotation = (key: string) =>
  isQualifiedName(key.toLowerCase()) ? undefined : notValid(key, 'the key of an annotation');

const notOfATemplate = () => 'is not allowed in the template of a claim';
const OTHER_TEXTS = [
  'creationTimestamp',
  'deletionTimestamp',
  'generateName',
  'name',
  'namespace',
  'resourceVersion',
  'selfLink',
  'uid',
];

const metadata = object({
  ...Object.fromEntries(OTHER_TEXTS.map((name) => [name, keptText(notOfATemplate)])),
  annotations: map(anyText, whyNoAnnotation),
  deletionGracePeriodSeconds: integer(notOfATemplate),
  finalizers: { type: 'list', whyRefused: notOfATemplate },
  generation: integer(notOfATemplate),
  labels,
  managedFields: { type: 'list', whyRefused: notOfATemplate },
  ownerReferences: { type: 'list', whyRefused: notOfATemplate },
});

/** core/v1 PersistentVolumeClaimTemplate. */
export const claimTemplate = object({ metadata, spec: claimSpec }, { required: ['spec'] });
