import { crdCharts } from '../../controllers/crds.ts';
import { type CrdDefinition, crdName } from '../../controllers/kubernetes/crd/definition.ts';
import { structuralSchema } from '../../controllers/kubernetes/crd/structural-schema.ts';
import { fieldsOf, fieldTable } from './field-table.ts';
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
  const all = fieldsOf(schema);
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
