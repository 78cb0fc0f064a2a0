import { nearestName } from '../../controllers/data/nearest-name.ts';
import { ownField } from '../../controllers/data/plain-object.ts';
import { inside } from '../../controllers/kubernetes/crd/path.ts';
import type { StructuralSchema } from '../../controllers/kubernetes/crd/structural-schema.ts';
import type { UnknownField } from '../../controllers/kubernetes/crd/unknown-fields.ts';
import { podSpecField } from '../../controllers/kubernetes/pod-spec/pod-spec-fields.ts';
import { exampleOf } from './expected.ts';

/** The field that was meant, with an example: one of a similar name beside it, or of the same name at another place. */
export function nearestField({ name, parent, known }: UnknownField, whole: StructuralSchema): string | undefined {
  const near = nearestName(name, Object.keys(known));
  return near === undefined
    ? (elsewhere(name, parent, whole) ?? inPods(name, whole))
    : withExample(inside(parent, near), ownField(known, near));
}

function withExample(path: string, schema: StructuralSchema = {}): string {
  const example = exampleOf(schema);
  return example === undefined ? path : `${path}, such as ${JSON.stringify(example)}`;
}

/** A field of this name in another object of the document: first in the same part, then in the least depth. */
function elsewhere(name: string, parent: string, whole: StructuralSchema): string | undefined {
  const [part = ''] = parent.split('.');
  const places = fieldsNamed(name, whole, '').filter(({ path }) => !path.startsWith('status'));
  const [first] = places.toSorted((one, other) => rank(one.path, part) - rank(other.path, part));
  return first && withExample(first.path, first.schema);
}

function rank(path: string, part: string): number {
  return path.split('.').length + (path.startsWith(part) ? 0 : 100);
}

interface Place {
  readonly path: string;
  readonly schema: StructuralSchema;
}

/** All fields of a name, apart from those of list items and map values, which need a key too. */
function fieldsNamed(name: string, { properties = {} }: StructuralSchema, path: string): readonly Place[] {
  return Object.entries(properties).flatMap(([field, schema]) => {
    const place = { path: inside(path, field), schema };
    const own = field.toLowerCase() === name.toLowerCase() ? [place] : [];
    return [...own, ...fieldsNamed(name, schema, place.path)];
  });
}

/** A field of this name in a PodSpec or in its containers, for a kind that has one. */
function inPods(name: string, { properties }: StructuralSchema): string | undefined {
  const { podSpec } = properties?.['spec']?.properties ?? {};
  const ofContainers = podSpecField.fields?.['containers']?.items?.item.fields ?? {};
  const places = [
    { fields: podSpecField.fields ?? {}, path: 'spec.podSpec' },
    { fields: ofContainers, path: 'spec.podSpec.containers[]' },
  ];
  const place = podSpec && places.find(({ fields }) => Object.hasOwn(fields, name));
  return place && `${place.path}.${name}`;
}
