import { oneLine, quote } from '../../controllers/data/quote.ts';
import { mapKey } from '../../controllers/reading.ts';
import type { Cluster } from './cluster.ts';
import type { Manifests } from './manifests.ts';
import { nullNotes } from './null-fields.ts';
import type { Rendered } from './render.ts';

/** The lines for standard error: errors in the input, invalid requests, and what was ignored. */
export function remarks(read: Manifests, cluster: Cluster, rendered: readonly Rendered[]): string[] {
  const complaints = [...read.complaints, ...cluster.complaints, ...rendered.flatMap((part) => part.complaints)];
  const problems = rendered.flatMap((part) => part.problems);
  const lines = [
    ...complaints.map(({ origin, text }) => `error: ${origin}: ${text}`),
    ...problems.map(({ about, reason, message }) => `problem: ${about}: ${reason}: ${message}`),
    ...cluster.unknown.map(
      ({ origin, object }) => `note: ${origin}: ignored, because no controller reads ${quote(mapKey(object))}`,
    ),
    ...nullNotes(cluster.manifests),
    ...read.emptyFolders.map((folder) => `note: ${folder}: ignored, because it has no .json, .yaml or .yml files`),
  ];
  return lines.map(oneLine);
}
