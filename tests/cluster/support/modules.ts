import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { Manifest } from '../../support/helm.ts';
import { cacheFolder } from './cache.ts';

/** Go modules that contain CRDs or stages of KWOK, each with the checksum of its zip as in go.sum. */
const MODULES = {
  'sigs.k8s.io/gateway-api@v1.3.0': 'h1:q6okN+/UKDATola4JY7zXzx40WO4VISk7i9DIfOvr9M=',
  'sigs.k8s.io/gateway-api@v1.7.0': 'h1:duVnm7nO6oXfMMUWfcDoBph47CYR/ME3NGxccOVglaY=',
  'github.com/cert-manager/cert-manager@v1.21.2': 'h1:UWgoYM+KLNtRlqmoWOKjKBOBUPVHeepQ6/ac3ERJW68=',
  'github.com/prometheus-operator/prometheus-operator@v0.85.0': 'h1:M5xLCLEoaW2IJfnuCwFzzpL+jSVQu3KGT84Pye+fW8s=',
  'github.com/envoyproxy/gateway@v1.9.1': 'h1:vAVp6/AlBXJ1aOhp1mxL7fNEzVEfjADUguUhm2wzxQY=',
  'github.com/agentgateway/agentgateway@v1.4.1': 'h1:1W5YhPZa4V3YA9GUiwlSqp1j+O7QrDfs8IEERErafHs=',
  'sigs.k8s.io/kwok@v0.8.0': 'h1:OTIOTwgROqPMovcTwxICx2eYQ4AwLpSx5EpjbDKF4SQ=',
} as const;

export type ModuleName = keyof typeof MODULES;
export const MODULE_NAMES = Object.keys(MODULES) as ModuleName[];

/** The objects in the YAML files of a module's folder whose names begin with the prefix, sorted by file. */
export function moduleObjects(name: ModuleName, folder: string, prefix: string): Manifest[] {
  const files = path.join(moduleFolder(name), folder);
  return readdirSync(files)
    .filter((file) => file.startsWith(prefix) && file.endsWith('.yaml'))
    .sort()
    .flatMap((file) => parseAllDocuments(readFileSync(path.join(files, file), 'utf8')))
    .map((document) => document.toJS())
    .filter((object) => object !== null);
}

/** Whether a module is in the cache already. */
export function isDownloaded(name: ModuleName): boolean {
  return existsSync(folderOf(name));
}

function folderOf(name: ModuleName): string {
  const [, base = '', version = ''] = /([^/]+)@v(.+)$/.exec(name) ?? [];
  return cacheFolder(`${base}-files-${version}`);
}

/** The folder with a module's files. Downloads them first if they are not in the cache. */
export function moduleFolder(name: ModuleName, say: (line: string) => void = () => undefined): string {
  const folder = folderOf(name);
  if (isDownloaded(name)) {
    say(`${name}: ${folder}`);
  } else {
    download(name, folder);
    say(`${name}: ${folder}, downloaded`);
  }
  return path.join(folder, name);
}

/**
 * Downloads a module and unpacks its zip. Go itself refuses to unpack a module that needs a newer Go, though nothing of
 * it is compiled here.
 */
function download(name: ModuleName, folder: string): void {
  const zip = downloadZip(name);
  mkdirSync(path.dirname(folder), { recursive: true });
  const unpacked = mkdtempSync(`${folder}-`);
  const { status, stderr } = spawnSync('python3', ['-m', 'zipfile', '-e', zip, unpacked], { encoding: 'utf8' });
  if (status !== 0) {
    throw new Error(`${name}: python3 cannot unpack it: ${stderr}`);
  }
  renameSync(unpacked, folder);
}

function downloadZip(name: ModuleName): string {
  const { stdout, stderr } = spawnSync('go', ['mod', 'download', '-json', name], { cwd: tmpdir(), encoding: 'utf8' });
  const told: { readonly Zip?: string; readonly Sum?: string; readonly Error?: string } = JSON.parse(stdout || '{}');
  if (told.Zip === undefined) {
    throw new Error(`${name}: go mod download: ${told.Error ?? stderr}`);
  }
  if (told.Sum !== MODULES[name]) {
    throw new Error(`${name}: its sum is ${told.Sum}, not ${MODULES[name]}`);
  }
  return told.Zip;
}
