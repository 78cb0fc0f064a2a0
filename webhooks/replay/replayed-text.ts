import { FILE_HEADERS_ONLY, formatPatch, structuredPatch } from 'diff';
import type { RelatedRule } from '../../controllers/contract.ts';
import { codeUnitOrder } from '../../controllers/data/order.ts';
import { isPlainObject, type PlainObject } from '../../controllers/data/plain-object.ts';
import { oneLine } from '../../controllers/data/quote.ts';
import { toYaml } from '../../controllers/data/yaml.ts';
import { coloured } from '../evaluate/colours.ts';
import { readableKrakend } from '../evaluate/krakend-text.ts';
import { reorder } from '../fixtures/reorder.ts';
import type { Change } from './changes.ts';
import type { Replayed, StatusChange } from './replay.ts';

/** More fields than these are counted. */
const MOST_PATHS = 6;

/** What Metacontroller does because of an answer, a line for each object, and then the objects' unified differences. */
export function replayedText(title: string, replayed: Replayed, hasColours: boolean): string {
  switch (replayed.outcome) {
    case 'refused':
      return '';
    case 'customized':
      return listed(title, ruleLines(replayed.response.relatedResources));
    case 'synced':
      return syncedText(title, replayed, hasColours);
  }
}

function syncedText(title: string, { changes, status, response, released }: Synced, hasColours: boolean): string {
  const lines = [
    ...(released === undefined ? [] : [`releases its children: ${released}`]),
    ...changeLines(changes),
    ...(status ? [`changes ${fieldsText(status.paths)}`] : []),
  ];
  const again = response.resyncAfterSeconds;
  const resync = again === undefined ? [] : [`asks for the next call after ${again} seconds`];
  const differences = differencesOf(changes, status).map((text) => (hasColours ? colouredDifference(text) : text));
  return [listed(title, [...(lines.length === 0 ? ['changes nothing'] : lines), ...resync]), ...differences].join('\n');
}

type Synced = Extract<Replayed, { readonly outcome: 'synced' }>;

function listed(title: string, lines: readonly string[]): string {
  return [title, ...lines.map((line) => `  ${line}`)].map((line) => `${oneLine(line)}\n`).join('');
}

function changeLines(changes: readonly Change[]): readonly string[] {
  const left = changes.filter(({ does }) => does === 'leaves').length;
  const lines = changes
    .filter(({ does }) => does !== 'leaves')
    .map(({ does, child, paths }) => `${does} ${child}${paths.length === 0 ? '' : `: ${fieldsText(paths)}`}`);
  return [
    ...lines,
    ...(left === 0 ? [] : [`leaves ${left === 1 ? '1 object as it is' : `${left} objects as they are`}`]),
  ];
}

function fieldsText(paths: readonly string[]): string {
  const more = paths.length - MOST_PATHS;
  return [...paths.slice(0, MOST_PATHS), ...(more > 0 ? [`and ${more} more`] : [])].join(', ');
}

function ruleLines(rules: readonly RelatedRule[]): readonly string[] {
  return rules.length === 0 ? ['asks for no related objects'] : rules.map(ruleText);
}

/** `asks for configmaps of v1 in team: a, b` */
function ruleText({ apiVersion, resource, namespace, names, labelSelector }: RelatedRule): string {
  const where = namespace === undefined ? 'in all namespaces' : `in ${namespace}`;
  const labels = labelSelector === undefined ? '' : ` with labels ${JSON.stringify(labelSelector)}`;
  return `asks for ${resource} of ${apiVersion} ${where}${labels}${names === undefined ? '' : `: ${names.join(', ')}`}`;
}

function differencesOf(changes: readonly Change[], status: StatusChange | undefined): readonly string[] {
  const ofChildren = changes
    .filter(({ does }) => does !== 'leaves')
    .map(({ child, before, after }) => difference(child, before, after));
  return [...ofChildren, ...(status ? [difference('status', status.before, status.after)] : [])];
}

function difference(name: string, before: PlainObject | undefined, after: PlainObject | undefined): string {
  const patch = structuredPatch(
    ...([before ? `${oneLine(name)} now` : '/dev/null', after ? `${oneLine(name)} after` : '/dev/null'] as const),
    ...([yamlOf(before), yamlOf(after)] as const),
  );
  return formatPatch(patch, FILE_HEADERS_ONLY);
}

/** Without what the API server writes, and with a `krakend.json` that can be read line by line. */
function yamlOf(object: PlainObject | undefined): string {
  if (object === undefined) {
    return '';
  }
  const { apiVersion, kind, metadata, status: _status, data, ...rest } = object;
  if (!isPlainObject(metadata)) {
    return sortedYaml(object);
  }
  const { name, namespace, labels, annotations } = metadata;
  const krakend = isPlainObject(data) && typeof data['krakend.json'] === 'string' ? data['krakend.json'] : undefined;
  const readable = krakend === undefined ? undefined : readableKrakend(krakend);
  return sortedYaml({
    ...{ apiVersion, kind },
    metadata: {
      name,
      namespace,
      ...(isPlainObject(labels) && { labels }),
      ...(isPlainObject(annotations) && { annotations }),
    },
    ...(isPlainObject(data) && { data: readable === undefined ? data : { ...data, 'krakend.json': readable } }),
    ...rest,
  });
}

/** The API server sorts keys. */
function sortedYaml(value: PlainObject): string {
  return toYaml(reorder(value, codeUnitOrder));
}

const COLOURS = { '-': 'red', '+': 'green', '@': 'cyan' } as const;

function colouredDifference(text: string): string {
  return text.replaceAll(/^([-+@]).*$/gm, (line, sign: keyof typeof COLOURS) => coloured(line, COLOURS[sign]));
}
