import type { Controller } from '../../controllers/contract.ts';
import { controllers } from '../../controllers/registry.ts';
import { code, type Page, page, prose, table } from './markdown.ts';

export const OPENAPI_FILE = 'openapi.json';

interface Schema {
  readonly type?: string;
  readonly description?: string;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
}
type Content = Readonly<Record<string, { readonly schema: Schema }>>;

interface Operation {
  readonly summary: string;
  readonly requestBody: { readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly description: string; readonly content: Content }>>;
}

/** The part of the OpenAPI document that the page shows. */
interface Document {
  readonly paths: Readonly<Record<string, { readonly post: Operation }>>;
}

/** The hooks in tables, from the OpenAPI document. */
export function hooksPage(document: object): Page {
  const { paths } = document as Document;
  const forms = [formOf('sync', 'decorator'), formOf('sync', 'composite'), formOf('customize', undefined)].map(
    ({ title, path }) => operation(title, paths[path]?.post),
  );
  return page('hooks.md', 'Hooks', [
    `The service answers these calls of Metacontroller. [\`${OPENAPI_FILE}\`](${OPENAPI_FILE}) has all of them in OpenAPI 3.1, made from the
routes of the server. The service does not serve that document.`,
    `## Paths\n\n${table(['path', 'for', 'parents', 'children', 'related objects'], Object.keys(paths).map(pathRow))}`,
    `## Failures\n\nThe body of each is one line of text, and nothing in the cluster changes.\n\n${failures(paths)}`,
    ...forms,
  ]);
}

/** All hooks of one form have the same schemas, so one path shows them. */
function formOf(hook: 'sync' | 'customize', type: Controller['type'] | undefined) {
  const controller = controllers.find((each) => (type === undefined ? each.customize : each.type === type));
  const of = type === undefined ? '' : ` of a ${type}`;
  return { title: `The ${hook} hook${of}`, path: `/${controller?.name}/${hook}` };
}

function pathRow(path: string): readonly string[] {
  const controller = controllers.find(({ name }) => path.startsWith(`/${name}/`));
  const kinds = (key: 'parents' | 'children' | 'related') =>
    [...new Set(controller?.[key].map(({ kind }) => kind))].sort().join(', ');
  const isSync = path.endsWith('/sync');
  const what = isSync ? 'children and status' : 'which related objects to send';
  return [code(path), what, kinds('parents'), isSync ? kinds('children') : '', isSync ? '' : kinds('related')];
}

function failures(paths: Document['paths']): string {
  const [first] = Object.values(paths);
  const rows = Object.entries(first?.post.responses ?? {}).filter(([status]) => status !== '200');
  return table(
    ['status', 'meaning'],
    rows.map(([status, { description }]) => [status, prose(description)]),
  );
}

function operation(title: string, post: Operation | undefined): string {
  const request = post?.requestBody.content['application/json']?.schema ?? {};
  const response = post?.responses['200']?.content['application/json']?.schema ?? {};
  return `## ${title}\n\nRequest:\n\n${fields(request)}\n\nResponse:\n\n${fields(response)}`;
}

function fields(schema: Schema): string {
  return table(['field', 'type', 'what it is'], rowsOf(schema, ''));
}

/** A row for each field, with those of nested objects after it. */
function rowsOf({ properties = {}, required = [] }: Schema, before: string): readonly (readonly string[])[] {
  return Object.entries(properties).flatMap(([name, schema]) => {
    const path = `${before}${name}`;
    const optional = required.includes(name) ? '' : ', optional';
    return [
      [code(path), `${typeOf(schema)}${optional}`, prose(schema.description ?? schema.items?.description ?? '')],
      ...rowsOf(schema, `${path}.`),
      ...rowsOf(schema.items ?? {}, `${path}[].`),
    ];
  });
}

function typeOf({ type, anyOf, items }: Schema): string {
  const one = anyOf?.map(typeOf).join(' or ') ?? type ?? 'any';
  return items === undefined ? one : `list of ${typeOf(items)}`;
}
