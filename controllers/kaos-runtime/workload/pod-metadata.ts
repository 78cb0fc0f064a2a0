import { isPlainObject, ownField, type PlainObject } from '../../data/plain-object.ts';
import { shown } from '../../data/quote.ts';
import { readYamlMap } from '../../data/yaml.ts';
import { type Reserved, validAnnotations, validLabels } from '../../engine/added-metadata.ts';
import { OWN_PREFIX, SETTABLE } from '../../engine/own-annotations.ts';
import type { SpecComplaint } from '../complaint.ts';

type StringMap = Readonly<Record<string, string>>;

/** The annotation of a KAOS resource with labels and annotations for its pods, in YAML or JSON. */
const POD_METADATA_ANNOTATION = SETTABLE.podMetadata.name;
const FIELD = `metadata.annotations.${POD_METADATA_ANNOTATION}`;
const EXPECTED =
  'expected labels and annotations such as {labels: {team: a}, annotations: {linkerd.io/inject: enabled}}';
const PARTS = ['labels', 'annotations'] as const;
/** Keys that the KAOS operator and this service set themselves. The selectors use the first ones. */
const RESERVED: Reserved = {
  keys: ['app', 'agent', 'modelapi', 'mcpserver', 'memorystore', 'pod-template-hash', 'controller-uid'],
  prefixes: ['kaos.tools/', OWN_PREFIX],
};

/** Labels and annotations that a user adds to the pods of a resource. */
export interface PodMetadata {
  readonly labels: StringMap;
  readonly annotations: StringMap;
  readonly complaints: readonly SpecComplaint[];
}

/** Reads the annotation. An invalid entry is left out, since the API server would refuse the whole Deployment. */
export function podMetadata(annotations: StringMap = {}): PodMetadata {
  const text = ownField(annotations, POD_METADATA_ANNOTATION);
  if (text === undefined) {
    return { labels: {}, annotations: {}, complaints: [] };
  }
  const reading = readYamlMap(text);
  if (reading.outcome === 'refused') {
    return { labels: {}, annotations: {}, complaints: [invalid(`: is not used, because ${reading.why}; ${EXPECTED}`)] };
  }
  return validMetadata(reading.value);
}

function validMetadata(value: PlainObject): PodMetadata {
  const others = Object.keys(value).filter((name) => !PARTS.some((part) => part === name));
  const texts = Object.fromEntries(PARTS.map((part) => [part, textsIn(value, part)]));
  const labels = validLabels(texts['labels']?.map, `${FIELD}.labels`, RESERVED);
  const annotations = validAnnotations(texts['annotations']?.map, `${FIELD}.annotations`, RESERVED);
  return {
    labels: labels.map,
    annotations: annotations.map,
    complaints: [
      ...others.map((name) => invalid(`.${shown(name)}: is not used; ${EXPECTED}`)),
      ...PARTS.flatMap((part) => texts[part]?.complaints ?? []),
      ...[...labels.complaints, ...annotations.complaints].map((message) => ({
        reason: 'InvalidMetadata' as const,
        message,
      })),
    ],
  };
}

/** The texts of one part. In YAML read this way, anything but a map or a list is text or null. */
function textsIn(value: PlainObject, part: string) {
  const map = value[part] ?? {};
  if (!isPlainObject(map)) {
    return { map: {}, complaints: [invalid(`.${part}: is not used; ${EXPECTED}`)] };
  }
  const entries = Object.entries(map).map(([key, item]) => [key, item ?? ''] as const);
  return {
    map: Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string')),
    complaints: entries
      .filter(([, item]) => typeof item !== 'string')
      .map(([key]) => invalid(`.${part}: ${shown(key)} is not used; expected text`)),
  };
}

function invalid(message: string): SpecComplaint {
  return { reason: 'InvalidMetadata', message: `${FIELD}${message}` };
}
