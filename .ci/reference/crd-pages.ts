import { crdCharts } from '../../controllers/crds.ts';
import { type CrdDefinition, crdName } from '../../controllers/kubernetes/crd/definition.ts';
import { nodes } from '../../controllers/kubernetes/crd/schema-nodes.ts';
import { type StructuralSchema, structuralSchema } from '../../controllers/kubernetes/crd/structural-schema.ts';
import { code, type Page, page, prose, table } from './markdown.ts';

/** The fields of each kind for which the chart has a CustomResourceDefinition, on a page of its own. */
export function crdPages(): readonly Page[] {
  return crdCharts.flatMap(({ name, definitions }) => definitions.map((each) => crdPage(each, name)));
}

/** The file of a kind's page: `agents.kaos.tools.md`. */
export function crdFile(definition: CrdDefinition): string {
  return `${crdName(definition)}.md`;
}

function crdPage(definition: CrdDefinition, chart: string): Page {
  const { kind, columns, shortNames = [] } = definition;
  const schema = structuralSchema(definition.schema);
  const all = nodes(schema).filter(([field]) => isOwnField(field));
  const fields = (part: string) => all.filter(([field]) => field === part || field.startsWith(`${part}.`));
  const names = [...new Set([kind.resource, ...shortNames])].map(code).join(', ');
  return page(crdFile(definition), `${kind.kind} of ${kind.apiVersion.split('/')[0]}`, [
    prose(String(schema['description'] ?? '')),
    `Version ${code(kind.apiVersion)}, ${kind.namespaced ? 'in a namespace' : 'for the whole cluster'}. Names for ${code('kubectl get')}: ${names}.
The chart installs it with the subchart ${code(chart)}. [The page on CRDs](../crds.md) says how it differs from upstream's.`,
    ...['spec', 'status'].map((part) => `## ${part}\n\n${fieldTable(fields(part))}`),
    `## Columns of kubectl get\n\n${table(
      ['column', 'from', 'what it shows'],
      columns.map(({ name, jsonPath, description, priority }) => [
        name,
        code(jsonPath),
        `${prose(description)}${priority === 1 ? ' Only with `--output wide`.' : ''}`,
      ]),
    )}`,
  ]);
}

/** The items of a list and the values of a map of texts are told by the type of the list or map. */
function isOwnField(field: string): boolean {
  return !/(\[\]|\{\})$/.test(field);
}

type Field = readonly [path: string, schema: StructuralSchema];

function fieldTable(fields: readonly Field[]): string {
  const required = new Set(fields.flatMap(([path, schema]) => requiredIn(path, schema)));
  return table(
    ['field', 'type', 'what it is', 'rules'],
    fields.map(([path, schema]) => [
      code(path),
      typeOf(schema),
      prose(String(schema['description'] ?? '')),
      [...(required.has(path) ? ['required'] : []), ...rulesOf(schema)].join('<br>'),
    ]),
  );
}

/** The paths of the fields that an object, or each object of a list or map, must have. */
function requiredIn(path: string, schema: StructuralSchema): readonly string[] {
  const own = Array.isArray(schema['required']) ? schema['required'].map((name) => `${path}.${name}`) : [];
  return [
    ...own,
    ...(schema.items ? requiredIn(`${path}[]`, schema.items) : []),
    ...(schema.additionalProperties ? requiredIn(`${path}{}`, schema.additionalProperties) : []),
  ];
}

function typeOf({ type = '', items, additionalProperties, ...schema }: StructuralSchema): string {
  if (schema['x-kubernetes-int-or-string'] === true) {
    return 'integer or string';
  }
  if (items !== undefined) {
    return `list of ${typeOf(items)}`;
  }
  return additionalProperties === undefined ? type : `map of ${typeOf(additionalProperties)}`;
}

interface Validation {
  readonly message?: string;
  readonly rule: string;
}

/** How each keyword of a schema reads. All others say nothing to users. */
const RULES: Readonly<Record<string, (value: never) => string>> = {
  default: (value: unknown) => `default ${code(JSON.stringify(value))}`,
  enum: (values: readonly unknown[]) => `one of ${values.map((value) => code(String(value))).join(', ')}`,
  minimum: (value: number) => `at least ${value}`,
  maximum: (value: number) => `at most ${value}`,
  minLength: (value: number) => `at least ${value} ${value === 1 ? 'character' : 'characters'}`,
  maxLength: (value: number) => `at most ${value} characters`,
  minItems: (value: number) => `at least ${value} ${value === 1 ? 'item' : 'items'}`,
  pattern: (value: string) => `matches ${code(value)}`,
  example: (value: unknown) => `such as ${code(typeof value === 'string' ? value : JSON.stringify(value))}`,
  'x-kubernetes-validations': (values: readonly Validation[]) =>
    values.map(({ message, rule }) => prose(message ?? rule)).join('<br>'),
};

function rulesOf(schema: StructuralSchema): readonly string[] {
  return Object.entries(schema)
    .filter(([keyword]) => keyword in RULES)
    .map(([keyword, value]) => RULES[keyword]?.(value as never) ?? '');
}
