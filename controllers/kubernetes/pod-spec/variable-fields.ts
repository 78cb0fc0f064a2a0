import { boolean, type Field, object, quantity, text } from './field.ts';
import { whyNoDataKey, whyNoName, whyNoObjectName, whyNoVariableName } from './field-rules.ts';
import { whyBackstep } from './path-rules.ts';
import { all, needsOneOf, only, whyEmpty } from './value-rules.ts';
import {
  whyNoContainerResource,
  whyNoDivisor,
  whyNoFieldPath,
  whyNoPrefix,
  whyNoVolumeFieldPath,
  whyTooLong,
} from './variable-rules.ts';

const VARIABLE_SOURCES = ['configMapKeyRef', 'fieldRef', 'fileKeyRef', 'resourceFieldRef', 'secretKeyRef'];
const SOURCES_OF_ALL_KEYS = ['configMapRef', 'secretRef'];

/** A reference to a key of a ConfigMap or a Secret. */
export const keySelector = object(
  { key: text(whyNoDataKey), name: text(whyNoObjectName), optional: boolean },
  { required: ['name', 'key'] },
);

function fieldRef(whyNoPath: (path: string) => string | undefined): Field {
  return object({ apiVersion: text(only('v1')), fieldPath: text(whyNoPath) }, { required: ['fieldPath'] });
}

/** A field of the pod, for a file of a volume. */
export const volumeFieldRef = fieldRef(whyNoVolumeFieldPath);

function resourceFieldRef(required: readonly string[]): Field {
  return object(
    { containerName: text(), divisor: quantity, resource: text(whyNoContainerResource) },
    { required, whyRefused: whyNoDivisor },
  );
}

/** A resource of a container, for a file of a volume. It must name the container. */
export const volumeResourceFieldRef = resourceFieldRef(['resource', 'containerName']);

const variableSource = object(
  {
    configMapKeyRef: keySelector,
    fieldRef: fieldRef(whyNoFieldPath),
    fileKeyRef: object(
      {
        key: text(whyNoVariableName),
        optional: boolean,
        path: text(all(whyEmpty, whyBackstep)),
        volumeName: text(whyNoName),
      },
      { required: ['key', 'path', 'volumeName'] },
    ),
    resourceFieldRef: resourceFieldRef(['resource']),
    secretKeyRef: keySelector,
  },
  { isAlternative: () => true, whyRefused: needsOneOf(VARIABLE_SOURCES) },
);

/** core/v1 EnvVar. */
export const envVar = object(
  { name: text(whyNoVariableName), value: text(), valueFrom: variableSource },
  { isAlternative: (name) => name !== 'name', required: ['name'], whyRefused: whyTooLong },
);

/** A reference to all keys of a ConfigMap or a Secret. */
const allKeys = object({ name: text(whyNoObjectName), optional: boolean }, { required: ['name'] });

/** core/v1 EnvFromSource. */
export const envFromSource = object(
  { configMapRef: allKeys, prefix: text(whyNoPrefix), secretRef: allKeys },
  { isAlternative: (name) => name !== 'prefix', whyRefused: needsOneOf(SOURCES_OF_ALL_KEYS) },
);
