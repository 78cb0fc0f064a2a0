import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isScalar, parse, parseDocument } from 'yaml';
import { artifactHubAnnotations, imagesIn } from './artifact-hub.ts';
import type { ChangelogEntry } from './changelog.ts';

/** What only the workflow knows: where it publishes, and from where. */
export interface Published {
  /** The address of the repository, such as `https://github.com/team/name`. */
  readonly source?: string;
  /** The published image, without a tag. */
  readonly image?: string;
  /** Its digest, `sha256:...`. */
  readonly digest?: string;
  /** What runs the release, as a URI. */
  readonly builder: string;
}

export interface Release extends Published {
  readonly root: string;
  readonly entry: ChangelogEntry;
}

/** Writes a copy of the chart with the image that the release publishes and with what Artifact Hub shows. Returns its folder. */
export function writeChart(release: Release, work: string): string {
  const chart = path.join(work, 'chart');
  cpSync(path.join(release.root, 'chart'), chart, { recursive: true });
  edit(path.join(chart, 'values.yaml'), (text) => withImage(text, release));
  edit(path.join(chart, 'Chart.yaml'), (text) => withAnnotations(text, release, path.join(chart, 'values.yaml')));
  edit(path.join(chart, 'README.md'), (text) => withLinks(text, release));
  return chart;
}

function edit(file: string, change: (text: string) => string): void {
  writeFileSync(file, change(readFileSync(file, 'utf8')));
}

/** A published chart names its image by digest. Otherwise the image is the one that `docker build` makes here. */
function withImage(text: string, { image, digest, entry }: Release): string {
  const named = image === undefined ? text : withValue(text, ['image', 'repository'], image);
  return digest === undefined ? named : withValue(named, ['image', 'tag'], `${entry.version}@${digest}`);
}

/** Replaces one text in a YAML file, and leaves the rest as it is written. */
function withValue(text: string, steps: readonly string[], value: string): string {
  const node = parseDocument(text).getIn(steps, true);
  if (!isScalar(node) || !node.range) {
    throw new Error(`chart/values.yaml: has no ${steps.join('.')}`);
  }
  const [start, end] = node.range;
  return `${text.slice(0, start)}${JSON.stringify(value)}${text.slice(end)}`;
}

function withAnnotations(text: string, { root, entry, source }: Release, valuesFile: string): string {
  const chart = parseDocument(text);
  const values = parse(readFileSync(valuesFile, 'utf8'));
  const service = `${values.image.repository}:${values.image.tag || entry.version}`;
  const images = [service, ...imagesIn(values)];
  for (const [name, value] of Object.entries(artifactHubAnnotations(root, entry, images))) {
    chart.setIn(['annotations', name], value);
  }
  if (source !== undefined) {
    chart.set('home', source);
    chart.set('sources', [source]);
  }
  return chart.toString({ lineWidth: 0 });
}

/** In the archive the files beside the chart are missing, so its links lead to the repository. */
function withLinks(text: string, { source, entry }: Release): string {
  return source === undefined ? text : text.replaceAll('](../', `](${source}/blob/v${entry.version}/`);
}
