import { oneLine, quote } from '../../controllers/data/quote.ts';
import { mapKey } from '../../controllers/reading.ts';
import type { Cluster } from './cluster.ts';
import type { Manifests } from './manifests.ts';
import type { Rendered } from './render.ts';

/** The lines for standard error: what is wrong with the input, what was not done as asked, what was passed over. */
export function remarks(read: Manifests, cluster: Cluster, rendered: readonly Rendered[]): string[] {
  const complaints = [...read.complaints, ...cluster.complaints, ...rendered.flatMap((part) => part.complaints)];
  const problems = rendered.flatMap((part) => part.problems);
  const lines = [
    ...complaints.map(({ origin, text }) => `error: ${origin}: ${text}`),
    ...problems.map(({ about, reason, message }) => `problem: ${about}: ${reason}: ${message}`),
    ...cluster.unknown.map(
      ({ origin, object }) => `note: ${origin}: passed over, no controller knows ${quote(mapKey(object))}`,
    ),
    ...read.emptyFolders.map((folder) => `note: ${folder}: has no .json, .yaml or .yml file`),
  ];
  return lines.map(oneLine);
}
