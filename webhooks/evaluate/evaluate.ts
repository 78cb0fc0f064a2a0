import type { Controller } from '../../controllers/contract.ts';
import type { Settings } from '../../controllers/settings.ts';
import type { Variables } from '../settings/settings.ts';
import { checkManifests } from './checked.ts';
import { buildCluster, type Cluster } from './cluster.ts';
import type { ClusterObject } from './cluster-object.ts';
import type { ClusterState } from './cluster-state.ts';
import { callHooks, type Rendered } from './hook-calls.ts';
import { type Manifest, readManifests } from './manifests.ts';
import { withReadByOthers } from './read-by-others.ts';
import { type Named, note, type Remark } from './remark.ts';
import { isSelected, type Selection } from './selection.ts';
import { readSources, type SourcePaths, type Sources, type SourceText } from './sources.ts';

/** The documents to evaluate, and how. */
export interface Input {
  readonly sources: SourcePaths;
  readonly controllers: readonly Controller[];
  readonly settings: Settings;
  readonly selection: Selection;
  /** The values of the chart, from which it makes objects that controllers read. */
  readonly values: unknown;
  /** The cluster over which the documents go; undefined for an empty one. */
  readonly clusterState: ClusterState | undefined;
  /** The time of the hook calls. */
  readonly now: string;
  /** What there is to remark about the settings. */
  readonly remarks: readonly Remark[];
  /** Shows a step that may take more than a moment. */
  readonly progress: (step: string) => void;
  readonly given: GivenVariables;
  /** Which documents are wanted, if the selection alone does not say it. */
  readonly isWanted?: (document: Named) => boolean;
}

/** The variables of the settings by who set them. Flags win over the environment, and both over the values or the release of the chart. */
export interface GivenVariables {
  readonly byFlag: Variables;
  readonly byEnvironment: Variables;
  readonly byChart: Variables;
}

/** What becomes of the documents, and all that there is to remark about the selected ones. */
export interface Evaluation {
  readonly texts: readonly SourceText[];
  readonly cluster: Cluster;
  readonly answers: readonly Rendered[];
  readonly remarks: readonly Remark[];
}

/** The namespace of objects that set none. */
export const DEFAULT_NAMESPACE = 'default';

/** The documents of all sources, read against the CRDs. */
export interface Documents {
  readonly texts: readonly SourceText[];
  readonly manifests: readonly Manifest[];
  readonly remarks: readonly Remark[];
}

/** Paths → documents. */
export function readDocuments(input: Input): Documents {
  input.progress('reading documents');
  return documentsIn(readSources(input.sources), input);
}

/** Sources → documents → checked documents. Each step adds its remarks. */
export function documentsIn(sources: Sources, { selection, ...input }: Input): Documents {
  const documents = readManifests(sources.texts);
  input.progress(`checking ${documents.manifests.length} documents`);
  const checked = checkManifests(documents.manifests, selection.namespace ?? DEFAULT_NAMESPACE);
  const steps = [sources, documents, checked, ...(input.clusterState ? [input.clusterState] : [])];
  const remarks = [...input.remarks, ...steps.flatMap((step) => step.remarks)];
  return { texts: sources.texts, manifests: checked.manifests, remarks };
}

/** Documents → cluster → hook calls. Each step adds its remarks. */
export function evaluate(input: Input, { texts, manifests, remarks: earlier }: Documents): Evaluation {
  const { controllers, settings, selection, now } = input;
  const namespace = selection.namespace ?? DEFAULT_NAMESPACE;
  const isWanted = input.isWanted ?? ((document: Named) => isSelected(selection, document));
  const present = [...(input.clusterState?.manifests ?? []), ...chartObjects(input)];
  const given = buildCluster(manifests, { controllers, namespace, present });
  const cluster = withReadByOthers(given, controllers, settings);
  const answers = controllers.map((controller) => {
    input.progress(`calling the hooks of ${controller.name}`);
    return callHooks(controller, cluster, { settings, now, isWanted });
  });
  const said = [...earlier, ...[cluster, ...answers].flatMap((step) => step.remarks)].filter(
    ({ of }) => of === undefined || isWanted(of),
  );
  const isEmpty = said.length === 0 && answers.every(({ parents }) => parents.length === 0);
  return { texts, cluster, answers, remarks: isEmpty ? [nothingSelected(controllers)] : said };
}

/** The objects that the chart would have made for these controllers. */
function chartObjects({ controllers, settings, values }: Input): readonly Manifest<ClusterObject>[] {
  const makers = controllers.flatMap(({ onDemand }) => onDemand?.chartObjects ?? []);
  return makers.flatMap((make) => make(values, settings)).map((object) => ({ origin: 'the chart', object }));
}

/** Empty output needs a reason, which no other remark gives. */
function nothingSelected(controllers: readonly Controller[]): Remark {
  const kinds = new Set(controllers.flatMap(({ parents }) => parents.map(({ kind }) => kind)));
  return note('nothing to render', `no selected document is one of ${[...kinds].join(', ')}`);
}
