import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse, parseAllDocuments, stringify } from 'yaml';
import type { ChangelogEntry } from './changelog.ts';

interface Definition {
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly group: string;
    readonly names: { readonly kind: string };
    readonly versions: readonly [{ readonly name: string; readonly schema: Schema }];
  };
}

interface Schema {
  readonly openAPIV3Schema: { readonly description: string };
}

interface Example {
  readonly apiVersion: string;
  readonly kind: string;
}

/**
 * The annotations of Chart.yaml that artifacthub.io shows: https://artifacthub.io/docs/topics/annotations/helm
 * There is none for a licence, because the project has none yet.
 */
export function artifactHubAnnotations(root: string, entry: ChangelogEntry, images: readonly string[]) {
  const definitions = definitionsIn(path.join(root, 'chart/charts'));
  const changes = entry.changes.map(({ kind, description }) => ({ kind: kind.toLowerCase(), description }));
  return {
    'artifacthub.io/changes': stringify(changes, { lineWidth: 0 }),
    'artifacthub.io/images': stringify(images.map((image) => ({ name: nameOf(image), image }))),
    'artifacthub.io/crds': stringify(definitions.map(crdOf), { lineWidth: 0 }),
    'artifacthub.io/crdsExamples': stringify(examplesOf(definitions, path.join(root, 'examples'))),
    'artifacthub.io/prerelease': String(entry.version.includes('-')),
  };
}

/** Every image in the values: of the service, and of the pods that it makes. */
export function imagesIn(values: unknown): string[] {
  if (typeof values !== 'object' || values === null) {
    return [];
  }
  const found = Object.entries(values).flatMap(([name, value]) => {
    const isImage = name === 'image' && typeof value === 'string';
    return isImage ? [value] : name === 'defaultImages' ? Object.values<string>(value) : imagesIn(value);
  });
  return [...new Set(found)].filter((image) => image !== '');
}

/** `ghcr.io/team/name:1@sha256:2` is called `name`. */
function nameOf(image: string): string {
  return image.split('@')[0]?.split('/').at(-1)?.split(':')[0] ?? '';
}

function definitionsIn(folder: string): Definition[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.includes('/crds/'));
  return files.sort().map((file) => parse(readFileSync(path.join(folder, file), 'utf8')));
}

function crdOf({ metadata, spec }: Definition) {
  const [{ name: version, schema }] = spec.versions;
  const { kind } = spec.names;
  const displayName = `${kind} of ${spec.group}`;
  return { kind, version, name: metadata.name, displayName, description: schema.openAPIV3Schema.description };
}

/** The first example of each kind that has one. */
function examplesOf(definitions: readonly Definition[], folder: string): Example[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.yaml'));
  const texts = files.sort().map((file) => readFileSync(path.join(folder, file), 'utf8'));
  const examples: Example[] = texts.flatMap((text) => parseAllDocuments(text).map((document) => document.toJS()));
  const isOf = ({ spec }: Definition, { apiVersion, kind }: Example) =>
    kind === spec.names.kind && apiVersion === `${spec.group}/${spec.versions[0].name}`;
  return definitions.flatMap((definition) => examples.find((example) => isOf(definition, example)) ?? []);
}
