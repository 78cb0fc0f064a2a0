import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';

/** A place that names the version of the project. */
interface Place {
  readonly where: string;
  readonly version: unknown;
}

interface Chart {
  readonly version: unknown;
  readonly appVersion?: unknown;
  readonly dependencies?: readonly { readonly name: string; readonly version: unknown }[];
}

/** An image of the project in a document, with a version as its tag. */
const IMAGE = /agent-gateway-hooks:(\d[^\s`"')]*)/g;

/** The version in package.json, which all other places repeat. */
export function projectVersion(root: string): string {
  return JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')).version;
}

/** Each place with another version than package.json. */
export function versionFaults(root: string, tag: string | undefined): string[] {
  const expected = projectVersion(root);
  const other = placesIn(root).filter(({ version }) => version !== expected);
  return [
    ...(tag === undefined || tag === `v${expected}` ? [] : [`the tag: "${tag}"; expected v${expected}`]),
    ...other.map(({ where, version }) => `${where}: "${version}"; expected ${expected}, as in package.json`),
  ];
}

function placesIn(root: string): Place[] {
  const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
  const subcharts = readdirSync(path.join(root, 'chart/charts')).map((name) => `chart/charts/${name}/Chart.yaml`);
  const pages = readdirSync(path.join(root, 'docs'), { recursive: true, encoding: 'utf8' });
  const documents = ['README.md', ...pages.filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`)];
  return [
    ...lockPlaces(JSON.parse(read('package-lock.json'))),
    ...['chart/Chart.yaml', ...subcharts].flatMap((file) => chartPlaces(file, parse(read(file)))),
    ...documents.flatMap((file) =>
      [...read(file).matchAll(IMAGE)].map(([image, version]) => ({ where: `${file}: ${image}`, version })),
    ),
  ];
}

function lockPlaces(lock: { readonly version: unknown; readonly packages: Record<string, Chart> }): Place[] {
  return [
    { where: 'package-lock.json: version', version: lock.version },
    { where: 'package-lock.json: packages[""].version', version: lock.packages['']?.version },
  ];
}

function chartPlaces(file: string, { version, appVersion, dependencies = [] }: Chart): Place[] {
  return [
    { where: `${file}: version`, version },
    ...(appVersion === undefined ? [] : [{ where: `${file}: appVersion`, version: appVersion }]),
    ...dependencies.map(({ name, version: required }) => ({
      where: `${file}: dependencies: ${name}`,
      version: required,
    })),
  ];
}
