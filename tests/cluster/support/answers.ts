import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseAllDocuments } from 'yaml';
import { findFixtures } from '../../../webhooks/fixtures/fixture-files.ts';
import { exampleFlags } from '../../support/examples.ts';
import type { Manifest } from '../../support/helm.ts';
import { type KaosSample, SAMPLE_FLAGS, VERIFIED_USERS } from '../../support/kaos-samples.ts';
import { renderStdin } from '../../support/rendering.ts';
import { ROOT, runNode } from '../../support/run.ts';

/** The children in the answer to one call, or to all calls of one example. */
export interface Answered {
  readonly name: string;
  readonly children: readonly Manifest[];
}

/** The status in the answer to one call. */
interface AnsweredStatus {
  readonly name: string;
  readonly parent: Manifest;
  readonly status: object;
  /** Whether it is the parent's whole status, which only our own CRD of its kind declares. */
  readonly isWhole: boolean;
}

const SYNCS = findFixtures(path.join(ROOT, 'tests/fixtures'))
  .fixtures.filter(({ hook }) => hook === 'sync')
  .map(({ name, requestFile, responseFile }) => ({
    name,
    request: JSON.parse(readFileSync(requestFile, 'utf8')),
    response: JSON.parse(readFileSync(responseFile, 'utf8')),
  }));

/** The answers of all fixtures that have children. */
export function fixtureAnswers(): Answered[] {
  return SYNCS.map(({ name, response }) => ({ name, children: response.attachments ?? response.children })).filter(
    ({ children }) => children.length > 0,
  );
}

/** The answers of all fixtures that set a status, with the parent as its user wrote it. */
export function fixtureStatuses(): AnsweredStatus[] {
  return SYNCS.filter(({ response }) => response.status !== null).map(({ name, request, response }) => {
    const { apiVersion, kind, metadata, spec } = request.object ?? request.parent;
    const parent = { apiVersion, kind, metadata: { name: metadata.name, namespace: metadata.namespace }, spec };
    return { name, parent, status: response.status, isWhole: request.parent !== undefined };
  });
}

export const exampleFiles: readonly string[] = readdirSync(path.join(ROOT, 'examples'), {
  recursive: true,
  encoding: 'utf8',
})
  .filter((file) => file.endsWith('.yaml'))
  .map((file) => `examples/${file}`)
  .sort();

/** The objects that `render` prints for an example. */
export async function exampleAnswer(file: string): Promise<Answered> {
  const { stdout } = await runNode([
    'webhooks/command/main.ts',
    'render',
    '--output',
    'json',
    ...exampleFlags(file),
    file,
  ]);
  return { name: file, children: JSON.parse(stdout).items };
}

/** The objects that `render` prints for a sample of KAOS where the Gateway identifies users; none without UPSTREAM_DATA. */
export function sampleAnswer({ name, text }: KaosSample): Answered {
  const children =
    text === undefined ? [] : JSON.parse(renderStdin([text], ...SAMPLE_FLAGS, ...VERIFIED_USERS).stdout).items;
  return { name, children };
}

/** The objects of an example, as users write them. */
export function exampleObjects(file: string): Manifest[] {
  return parseAllDocuments(readFileSync(path.join(ROOT, file), 'utf8')).map((document) => document.toJS());
}
