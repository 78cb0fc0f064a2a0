import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Release } from './chart.ts';

function sha256(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

/** A line of `sha256sum` for each file. */
export function checksums(folder: string, files: readonly string[]): string {
  return files.map((file) => `${sha256(path.join(folder, file))}  ${file}\n`).join('');
}

/**
 * How the files were made, as SLSA provenance in an in-toto statement: https://slsa.dev/spec/v1.0/provenance
 * It is not signed. The workflow lets GitHub sign a statement of its own about the same files.
 */
export function provenance(release: Release, folder: string, files: readonly string[]) {
  const { root, entry, source, image, digest, builder } = release;
  const commit = execFileSync('git', ['rev-parse', 'HEAD'], { cwd: root, encoding: 'utf8' }).trim();
  return {
    _type: 'https://in-toto.io/Statement/v1',
    subject: files.map((name) => ({ name, digest: { sha256: sha256(path.join(folder, name)) } })),
    predicateType: 'https://slsa.dev/provenance/v1',
    predicate: {
      buildDefinition: {
        buildType: 'urn:agent-gateway-hooks:release-files:v1',
        externalParameters: { version: entry.version, source, image, digest },
        resolvedDependencies: [
          { name: 'repository', uri: source && `git+${source}@${commit}`, digest: { gitCommit: commit } },
          { name: 'package-lock.json', digest: { sha256: sha256(path.join(root, 'package-lock.json')) } },
        ],
      },
      runDetails: { builder: { id: builder } },
    },
  };
}
