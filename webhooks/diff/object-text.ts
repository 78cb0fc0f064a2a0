import type { DesiredObject } from '../../controllers/contract.ts';
import { parsedJson } from '../../controllers/data/parsed-json.ts';
import { isPlainObject } from '../../controllers/data/plain-object.ts';
import { toYaml } from '../../controllers/data/yaml.ts';
import { readableKrakend } from '../evaluate/krakend-text.ts';

const HASH = '<hash>';
/** The end of the names of ConfigMaps that have the hash of their content. */
const HASHED_NAME = /(-krakend-config-)[0-9a-f]{16}\b/g;
/** Annotations with hashes of content that is shown, too. */
const HASH_ANNOTATION =
  /^( *(?:agent-gateway-hooks\/[a-z-]*hash|runtime\.agentic-layer\.ai\/config-hash): )"?[0-9a-f]{16}"?$/gm;

/** A name without the hash of the content, which says the same as the content. */
export function withoutHash(text: string): string {
  return text.replaceAll(HASHED_NAME, `$1${HASH}`);
}

/** An object as YAML, without hashes. */
export function plainText(object: DesiredObject): string {
  return withoutHash(toYaml(object)).replaceAll(HASH_ANNOTATION, `$1${HASH}`);
}

/** The same with the JSON files of ConfigMaps, which are one line each, laid out. */
export function objectText(object: DesiredObject): string {
  const { data } = object as DesiredObject & { readonly data?: unknown };
  return object.kind === 'ConfigMap' && isPlainObject(data)
    ? plainText({ ...object, ...{ data: laidOut(data) } })
    : plainText(object);
}

function laidOut(data: object): object {
  return Object.fromEntries(
    Object.entries(data).map(([name, text]) => [name, typeof text === 'string' ? fileText(text) : text]),
  );
}

function fileText(text: string): string {
  return agentRows(text) ?? readableKrakend(text) ?? text;
}

/** A settings file with one agent a line. */
function agentRows(text: string): string | undefined {
  const file = text.startsWith('{"agents":[') ? parsedJson(text) : undefined;
  return isPlainObject(file) && Array.isArray(file['agents'])
    ? `${file['agents'].map((row) => JSON.stringify(row)).join('\n')}\n`
    : undefined;
}
