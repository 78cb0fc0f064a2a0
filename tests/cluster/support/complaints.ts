import type { Manifest } from '../../support/helm.ts';
import { type Api, type Applied, apply, type Stored } from './api.ts';
import { dynamicApplyChanges } from './dynamic-apply.ts';

/**
 * Whatever is wrong with a child that Metacontroller is to make: that it is refused or warned of, that applying it again
 * writes, or that Metacontroller would find something to change under dynamic apply.
 */
export async function complaintsAbout(api: Api, child: Manifest): Promise<string[]> {
  const first = await apply(api, child);
  if (first.outcome === 'refused') {
    return refusals(child, first);
  }
  const second = await apply(api, child);
  return second.outcome === 'refused'
    ? refusals(child, second)
    : [...refusals(child, first), ...about(child, changesOf(first.object, second.object, child))];
}

/** What the server has against an object that is applied. */
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
