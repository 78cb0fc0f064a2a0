import type { Manifest } from '../../support/helm.ts';
import { type Api, type Applied, apply, type Stored } from './api.ts';
import { dynamicApplyChanges } from './dynamic-apply.ts';

/**
 * The problems of a child that Metacontroller is to make: the server refuses it or warns of it, a second apply changes
 * it, or dynamic apply would change it.
 */
export async function complaintsAbout(api: Api, child: Manifest): Promise<string[]> {
  const first = await make(api, child);
  if (first.outcome === 'refused') {
    return refusals(child, first);
  }
  const second = await apply(api, child);
  return second.outcome === 'refused'
    ? refusals(child, second)
    : [...refusals(child, first), ...about(child, changesOf(first.object, second.object, child))];
}

/** The API server stores a new claim once more at its second apply, with the same fields. */
async function make(api: Api, child: Manifest): Promise<Applied> {
  const made = await apply(api, child);
  return child.kind === 'PersistentVolumeClaim' && made.outcome === 'accepted' ? apply(api, child) : made;
}

/** Why the server refuses an applied object, or its warnings about it. */
export function refusals(object: Manifest, applied: Applied): string[] {
  return about(
    object,
    applied.outcome === 'refused' ? [applied.message] : applied.warnings.map((text) => `warning: ${text}`),
  );
}

function changesOf(first: Stored, second: Stored, child: Manifest): string[] {
  const [before, after] = [first, second].map(({ metadata }) => `${metadata.generation} ${metadata.resourceVersion}`);
  return [
    ...(before === after ? [] : [`applied again: generation and resourceVersion ${before} became ${after}`]),
    ...dynamicApplyChanges(second, child).map((line) => `dynamic apply: ${line}`),
  ];
}

function about({ kind, metadata }: Manifest, complaints: readonly string[]): string[] {
  return complaints.map((complaint) => `${kind} ${metadata.namespace}/${metadata.name}: ${complaint}`);
}
