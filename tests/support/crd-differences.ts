import { nodes } from '../../controllers/kubernetes/crd/schema-nodes.ts';
import type { StructuralSchema } from '../../controllers/kubernetes/crd/structural-schema.ts';

/** The keywords of a schema for the value itself, without its children, its description and its example. */
function keywords(schema: StructuralSchema): ReadonlyMap<string, string> {
  const { properties: _p, items: _i, additionalProperties: _a, description: _d, example: _e, ...own } = schema;
  return new Map(Object.entries(own).map(([name, value]) => [name, comparable(name, value)]));
}

/** A value to compare: lists without their order. Of CEL rules only their number: the same rule can be written in many ways. */
function comparable(name: string, value: unknown): string {
  if (Array.isArray(value)) {
    return name === 'x-kubernetes-validations' ? `${value.length} rules` : JSON.stringify([...value].sort());
  }
  return JSON.stringify(value);
}

/** A line for each path or keyword that only one schema has or that differs. Fields under such a path are not listed. */
export function differences(ours: StructuralSchema, theirs: StructuralSchema): string[] {
  const own = new Map(nodes(ours));
  const open = [...own].filter(([, schema]) => schema['x-kubernetes-preserve-unknown-fields']).map(([path]) => path);
  const isKept = (path: string) => open.some((kept) => path.startsWith(`${kept}.`));
  const other = new Map(nodes(theirs).filter(([path]) => own.has(path) || !isKept(path)));
  const alone = [...own.keys()].filter((path) => !other.has(path));
  const isOfAlone = (path: string) =>
    alone.some((field) => ['.', '[', '{'].some((next) => path.startsWith(field + next)));
  return [...new Set([...own.keys(), ...other.keys()])]
    .filter((path) => !isOfAlone(path))
    .flatMap((path) => {
      const [here, there] = [own.get(path), other.get(path)];
      if (here === undefined || there === undefined) {
        return [`${path}: ${here ? 'not upstream' : 'missing'}`];
      }
      return keywordDifferences(keywords(here), keywords(there)).map((difference) => `${path}: ${difference}`);
    });
}

function keywordDifferences(here: ReadonlyMap<string, string>, there: ReadonlyMap<string, string>): string[] {
  return [...new Set([...here.keys(), ...there.keys()])]
    .filter((name) => here.get(name) !== there.get(name))
    .map((name) => `${name} ${here.get(name) ?? 'nothing'}, upstream ${there.get(name) ?? 'nothing'}`);
}
