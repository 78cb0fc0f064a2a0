import { crdCharts } from '../../controllers/crds.ts';
import { accessRulesPage } from './access-rules-page.ts';
import { annotationsPage } from './annotations-page.ts';
import { crdFile, crdPages } from './crd-pages.ts';
import { hooksPage, OPENAPI_FILE } from './hooks-page.ts';
import { code, type Page, page, table } from './markdown.ts';
import { metricsPage } from './metrics-page.ts';
import { openApi } from './openapi.ts';
import { reasonsPage } from './reasons-page.ts';
import { settingsPage } from './settings-page.ts';

/** All files of `docs/reference/`. */
export async function referencePages(): Promise<readonly Page[]> {
  const document = await openApi();
  return [
    indexPage(),
    settingsPage(),
    annotationsPage(),
    accessRulesPage(),
    reasonsPage(),
    metricsPage(),
    hooksPage(document),
    { file: OPENAPI_FILE, text: `${JSON.stringify(document, null, 2)}\n` },
    ...crdPages(),
  ];
}

function indexPage(): Page {
  const pages = [
    ['settings.md', 'the variables of the service, each with its value in the chart'],
    ['annotations.md', 'what annotations set, and those that the service writes'],
    ['access-rules.md', 'the fields of the list that says who may call what'],
    ['reasons.md', 'conditions, problems and rules, each with its meaning'],
    ['metrics.md', 'what `/metrics` serves'],
    ['hooks.md', `requests and responses of the hooks, and [OpenAPI 3.1](${OPENAPI_FILE})`],
    ['../../chart/README.md', 'the values of the chart'],
  ];
  const kinds = crdCharts.flatMap(({ definitions }) =>
    definitions.map((each) => [link(crdFile(each)), each.kind.kind, code(each.kind.apiVersion)]),
  );
  return page('README.md', 'Reference', [
    '`npm run reference` writes these pages from the tables in the code. A test fails if they differ.',
    table(
      ['page', 'what it describes'],
      pages.map(([file = '', what = '']) => [link(file), what]),
    ),
    `## Fields of each kind\n\n${table(['page', 'kind', 'version'], kinds)}`,
  ]);
}

function link(file: string): string {
  return `[${file.replaceAll('../', '')}](${file})`;
}
